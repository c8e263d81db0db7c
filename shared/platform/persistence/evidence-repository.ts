import type { Connection } from 'mongoose';
import type { Evidence, StepAttempt } from '../../domain/evidence.ts';
import { openCollection, type Changes } from './collection.ts';
import { fromStored, type Stored } from './stored.ts';

export type EvidenceIntent = Pick<
  Evidence,
  'id' | 'orgId' | 'caseId' | 'personId' | 'stepKey' | 'round' | 'kind' | 'target' | 'before' | 'proof'
>;
type EvidenceCompletion = Pick<Evidence, 'after' | 'proof' | 'occurredAtMs'> & {
  readonly status: 'done' | 'attested' | 'not_applicable';
};
/** Gets the next number when it is written. */
type EndedAttempt = Required<Pick<StepAttempt, 'startedAtMs' | 'endedAtMs'>>;

/** Writes are stamped with the wall clock (`recordedAtMs`). A step that is proven stays proven: later writes leave it. */
export interface EvidenceRepository {
  get(orgId: string, id: string): Promise<Evidence | undefined>;
  /** Writes the intent before the first call, and gives what is stored: after a crash, the first state that was read. */
  intend(intent: EvidenceIntent): Promise<Evidence>;
  /** A destructive call is about to be made; or, with `undefined`, the target said that it changed nothing. */
  markCalled(orgId: string, id: string, atMs: number | undefined): Promise<Evidence>;
  /** The effect was read back, by this attempt. The first completion stands. */
  complete(
    orgId: string,
    id: string,
    completion: EvidenceCompletion,
    attempt?: EndedAttempt,
  ): Promise<Evidence>;
  /** An attempt failed. A step that is proven already stays so. */
  fail(orgId: string, id: string, errorCode: string, attempt: EndedAttempt): Promise<Evidence>;
  /** Every round of every step of a case, in the order of the first intents. */
  listByCase(orgId: string, caseId: string): Promise<readonly Evidence[]>;
  ensureIndexes(): Promise<void>;
}

type EvidenceDocument = Stored<Evidence> & { readonly rev: number; readonly intendedAtMs: number };

/** Rounds of steps of one case: far more than a plan has. */
const MOST_OF_A_CASE = 2_000;
const MAX_ATTEMPTS = 20;
const UNPROVEN = ['intended', 'failed'];

const restore = (document: EvidenceDocument): Evidence => fromStored(document, ['rev', 'intendedAtMs']);

export function createEvidenceRepository(
  connection: Connection,
  wallClock: () => number = Date.now,
): EvidenceRepository {
  const collection = openCollection<EvidenceDocument>(connection, {
    name: 'evidence',
    fields: {
      rev: 'number',
      intendedAtMs: 'number',
      caseId: 'string',
      personId: 'string',
      stepKey: 'string',
      round: 'number',
      kind: 'string',
      target: 'string?',
      status: 'string',
      before: 'json?',
      after: 'json?',
      proof: 'json?',
      attempts: 'json',
      errorCode: 'string?',
      calledAtMs: 'number?',
      occurredAtMs: 'number?',
      recordedAtMs: 'number',
    },
    indexes: [{ orgId: 1, caseId: 1, intendedAtMs: 1 }],
  });

  async function stored(orgId: string, id: string): Promise<EvidenceDocument> {
    const found = await collection.findOne({ _id: id, orgId });
    if (found === undefined) throw new Error(`there is no evidence ${id}: intend comes first`);
    return found;
  }

  async function change(
    orgId: string,
    id: string,
    decide: (found: EvidenceDocument) => Changes | undefined,
  ): Promise<Evidence> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const found = await stored(orgId, id);
      const { set, ...rest } = decide(found) ?? {};
      if (set === undefined) return restore(found);
      const changed = await collection.changeOne(
        { _id: id, orgId, rev: found.rev },
        { ...rest, set: { ...set, recordedAtMs: wallClock() }, increment: { rev: 1 } },
      );
      if (changed !== undefined) return restore(changed);
    }
    throw new Error(`evidence ${id} kept changing`);
  }

  return {
    async get(orgId, id) {
      const found = await collection.findOne({ _id: id, orgId });
      return found && restore(found);
    },
    async intend(intent) {
      const { id, ...fields } = intent;
      const nowMs = wallClock();
      const document: EvidenceDocument = {
        ...fields,
        _id: id,
        rev: 0,
        status: 'intended',
        attempts: [],
        intendedAtMs: nowMs,
        recordedAtMs: nowMs,
      };
      if ((await collection.insert(document)) === 'inserted') return restore(document);
      // An attempt that could not even read left an intent without a state; no call was made before one is known.
      return change(intent.orgId, id, (found) => {
        if (!UNPROVEN.includes(found.status)) return undefined;
        const { before, target, proof } = intent;
        const learnt = {
          ...(found.before === undefined && before !== undefined ? { before } : {}),
          ...(found.target === undefined && target !== undefined ? { target } : {}),
          ...(found.proof === undefined && proof !== undefined ? { proof } : {}),
        };
        return Object.keys(learnt).length === 0 ? undefined : { set: learnt };
      });
    },
    markCalled: (orgId, id, atMs) =>
      change(orgId, id, () =>
        atMs === undefined ? { set: {}, unset: ['calledAtMs'] } : { set: { calledAtMs: atMs } },
      ),
    complete: (orgId, id, completion, attempt) =>
      change(orgId, id, (found) => {
        const tried = attempt === undefined ? {} : { attempts: withAttempt(found, attempt) };
        if (UNPROVEN.includes(found.status))
          return { set: { ...completion, ...tried }, unset: ['errorCode'] };
        return attempt === undefined ? undefined : { set: tried };
      }),
    fail: (orgId, id, errorCode, attempt) =>
      change(orgId, id, (found) => {
        const attempts = withAttempt(found, { ...attempt, errorCode });
        const failed = UNPROVEN.includes(found.status) ? { status: 'failed', errorCode } : {};
        return { set: { ...failed, attempts } };
      }),
    async listByCase(orgId, caseId) {
      const found = await collection.find({ orgId, caseId }, { intendedAtMs: 1 }, MOST_OF_A_CASE);
      return found.map(restore);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

function withAttempt(
  { attempts }: EvidenceDocument,
  ended: Omit<StepAttempt, 'attempt'>,
): readonly StepAttempt[] {
  return [...attempts, { attempt: attempts.length + 1, ...ended }];
}
