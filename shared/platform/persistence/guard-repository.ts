import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { GUARD_PROPOSAL_MS, GUARD_WINDOW_MS, type GuardLimits } from '../../domain/guard.ts';
import { openCollection, type StoredDocument } from './collection.ts';
import { gather } from './gather.ts';

interface Admission {
  readonly caseId: string;
  readonly atMs: number;
}

/** Higher limits that one person asked for, and that wait for another. */
export interface GuardProposal {
  readonly limits: GuardLimits;
  readonly proposedBy: string;
  readonly atMs: number;
}

export interface Guard {
  /** Of the last 24 hours, oldest first. */
  readonly admitted: readonly Admission[];
  readonly proposal?: GuardProposal;
}

/** One document per organisation, changed by compare-and-set: of two requests at once only one takes the last place. */
export interface GuardRepository {
  /** Takes a place for a case while there is one. Asking again for the same case changes nothing. */
  admit(orgId: string, caseId: string, atMs: number, limit: number): Promise<'admitted' | 'held'>;
  get(orgId: string, atMs: number): Promise<Guard>;
  /** Keeps a proposal in place of an older one; `undefined` takes it away. */
  propose(orgId: string, proposal: GuardProposal | undefined, atMs: number): Promise<void>;
  ensureIndexes(): Promise<void>;
}

type GuardDocument = StoredDocument & Guard & { readonly rev: number };

/** To take an account away. */
interface Wish extends Admission {
  readonly orgId: string;
  readonly limit: number;
}

interface GuardChange {
  readonly admitted?: Guard['admitted'];
  /** Present and `undefined`: taken away. */
  readonly proposal?: GuardProposal | undefined;
}

const MAX_ATTEMPTS = 200;
const LONGEST_PAUSE_MS = 40;

export function createGuardRepository(connection: Connection): GuardRepository {
  const collection = openCollection<GuardDocument>(connection, {
    name: 'guards',
    fields: { rev: 'number', admitted: 'json', proposal: 'json?' },
    indexes: [{ orgId: 1 }],
  });
  const idOf = (orgId: string): string => `guard:${orgId}`;

  async function read(orgId: string, atMs: number): Promise<GuardDocument> {
    const found = await collection.findOne({ _id: idOf(orgId), orgId });
    if (found !== undefined) return current(found, atMs);
    await collection.insert({ _id: idOf(orgId), orgId, rev: 0, admitted: [] });
    return read(orgId, atMs);
  }

  async function change(
    orgId: string,
    atMs: number,
    decide: (guard: GuardDocument) => GuardChange | undefined,
  ): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const guard = await read(orgId, atMs);
      const changes = decide(guard);
      if (changes === undefined) return;
      const proposal = 'proposal' in changes ? changes.proposal : guard.proposal;
      const changed = await collection.updateOne(
        { _id: guard._id, orgId, rev: guard.rev },
        {
          set: { admitted: changes.admitted ?? guard.admitted, ...(proposal && { proposal }) },
          ...(proposal === undefined ? { unset: ['proposal'] } : {}),
          increment: { rev: 1 },
        },
      );
      if (changed) return;
      await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** attempt));
    }
    throw new Error('the guard of an organisation kept changing');
  }

  /** One change for all cases of an organisation that ask in the same round; places are given in the order of asking. */
  async function admitAll(orgId: string, wishes: readonly Wish[]): Promise<ReadonlySet<string>> {
    let admittedIds = new Set<string>();
    await change(orgId, Math.max(...wishes.map(({ atMs }) => atMs)), (guard) => {
      const known = new Set(guard.admitted.map(({ caseId }) => caseId));
      const fresh: Admission[] = [];
      for (const { caseId, atMs, limit } of wishes) {
        if (known.has(caseId) || guard.admitted.length + fresh.length >= limit) continue;
        known.add(caseId);
        fresh.push({ caseId, atMs });
      }
      admittedIds = known;
      return fresh.length === 0 ? undefined : { admitted: [...guard.admitted, ...fresh] };
    });
    return admittedIds;
  }

  const admit = gather<Wish, 'admitted' | 'held'>(async (round) => {
    const orgIds = [...new Set(round.map(({ orgId }) => orgId))];
    const places = await Promise.all(
      orgIds.map(async (orgId): Promise<readonly [string, ReadonlySet<string>]> => {
        const wishes = round.filter((wish) => wish.orgId === orgId);
        return [orgId, await admitAll(orgId, wishes)];
      }),
    );
    const admittedBy = new Map(places);
    return round.map(({ orgId, caseId }) =>
      admittedBy.get(orgId)?.has(caseId) === true ? 'admitted' : 'held',
    );
  });

  return {
    admit: (orgId, caseId, atMs, limit) => admit({ orgId, caseId, atMs, limit }),
    async get(orgId, atMs) {
      const { admitted, proposal } = await read(orgId, atMs);
      return { admitted, ...(proposal === undefined ? {} : { proposal }) };
    },
    propose: (orgId, proposal, atMs) => change(orgId, atMs, () => ({ proposal })),
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

/** Without what is out of date. */
function current({ proposal, ...guard }: GuardDocument, atMs: number): GuardDocument {
  const admitted = guard.admitted.filter((one) => one.atMs > atMs - GUARD_WINDOW_MS);
  const valid = proposal !== undefined && proposal.atMs > atMs - GUARD_PROPOSAL_MS;
  return { ...guard, admitted, ...(valid ? { proposal } : {}) };
}
