import type { Connection } from 'mongoose';
import type { CaseKind } from '../../domain/case-states.ts';
import type {
  BriefCase,
  BriefCaseOf,
  CaseProjection,
  CaseRecord,
  CaseRequest,
} from '../../domain/case-record.ts';
import { listNewestFirst, NEWEST_FIRST, type CaseListFilter } from './case-list.ts';
import { INTERNAL, openCases, type CaseDocument, type Taken } from './case-collection.ts';
import { above, atMost, below, oneOf } from './collection.ts';
import { peopleNamedBy } from '../../domain/reference.ts';
import { fromStored, splitChanges, toStored, type Stored } from './stored.ts';

export interface CaseRepository {
  get(orgId: string, id: string): Promise<CaseRecord | undefined>;
  /** Those that exist, without their steps, in no order. */
  getManyBriefly(orgId: string, ids: readonly string[]): Promise<readonly BriefCase[]>;
  insert(record: CaseRecord): Promise<'inserted' | 'exists'>;
  /** A workflow exists. Repeating it changes nothing. */
  markStarted(orgId: string, id: string): Promise<void>;
  /** Writes what the workflow says of itself; `outdated` when a later projection was written already. */
  project(orgId: string, id: string, projection: CaseProjection): Promise<'applied' | 'outdated' | 'unknown'>;
  /** Changes what was asked for (another last day); `undefined` when somebody else changed the case since `rev`. */
  setRequest(orgId: string, id: string, rev: number, request: CaseRequest): Promise<CaseRecord | undefined>;
  /**
   * Takes revision `rev` for one command: nobody else who means it can have it, and the case counts up. Gives where the case
   * stood, also when the same command took it before, whoever took later ones; `undefined` when the case is at another
   * revision.
   */
  takeRevision(orgId: string, id: string, rev: number, commandId: string): Promise<Taken | undefined>;
  /** The command had no effect after all. What it took does not come back: gives the revision that is there now. */
  forgetTaken(orgId: string, id: string, commandId: string): Promise<number | undefined>;
  /** Newest first. */
  list(orgId: string, filter: CaseListFilter): Promise<readonly CaseRecord[]>;
  /** The same without their steps, which are most of a case. */
  listBriefly<Kind extends CaseKind = CaseKind>(
    orgId: string,
    filter: CaseListFilter & { readonly kind?: Kind },
  ): Promise<readonly BriefCaseOf<Kind>[]>;
  /** Open cases with something due at this instant or before, the one that is due first in front. */
  listDue(orgId: string, untilMs: number, limit: number): Promise<readonly CaseRecord[]>;
  /** Cases whose request names this person besides the one who leaves, oldest first; closed ones as well. */
  listNaming(
    orgId: string,
    personId: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly CaseRecord[]>;
  /** Cases of every organisation that were written and are not known to Temporal yet, oldest first. */
  listRequested(limit: number, requestedBeforeMs: number): Promise<readonly CaseRecord[]>;
  ensureIndexes(): Promise<void>;
}

const OPTIONAL_OF_PROJECTION = [
  'dueAtMs',
  'automaticDueAtMs',
  'undoing',
  'frozen',
  'pointOfNoReturnAtMs',
  'closedAtMs',
] as const;

/** A command that did not come to its end may be sent again, and finds what it took when no more than these came after it. */
const TAKEN_KEPT = 50;

const STEPS = ['steps', 'plan.steps'] as const;

type BriefDocument = Stored<BriefCase> & Omit<CaseDocument, keyof Stored<CaseRecord>>;

// What was written together is read together: the kind says what the request is.
const restore = (document: CaseDocument) => fromStored(document, INTERNAL) as CaseRecord;
const restoreBriefly = <Kind extends CaseKind>(document: BriefDocument) =>
  fromStored(document, INTERNAL) as unknown as BriefCaseOf<Kind> & { readonly id: string };

export function createCaseRepository(connection: Connection): CaseRepository {
  const collection = openCases(connection);
  return {
    async get(orgId, id) {
      const found = await collection.findOne({ _id: id, orgId });
      return found && restore(found);
    },
    async getManyBriefly(orgId, ids) {
      if (ids.length === 0) return [];
      const filter = { orgId, _id: oneOf(ids) };
      const found = await collection.findWithout<BriefDocument>(STEPS, filter, { _id: 1 }, ids.length);
      return found.map((one) => restoreBriefly<CaseKind>(one));
    },
    insert: (record) => collection.insert({ ...toStored(record), namedIds: peopleNamedBy(record.request) }),
    async markStarted(orgId, id) {
      await collection.updateOne(
        { _id: id, orgId, engine: 'requested' },
        { set: { engine: 'started' }, increment: { rev: 1 } },
      );
    },
    async project(orgId, id, projection) {
      // One comparison and one write: a late projection of a crashed attempt cannot undo a later one.
      const applied = await collection.updateOne(
        { _id: id, orgId, sequence: below(projection.sequence) },
        { ...projectionChanges(projection), increment: { rev: 1 } },
      );
      if (applied) return 'applied';
      return (await collection.findOne({ _id: id, orgId })) === undefined ? 'unknown' : 'outdated';
    },
    async setRequest(orgId, id, rev, request) {
      const changed = await collection.changeOne(
        { _id: id, orgId, rev },
        { set: { request, namedIds: peopleNamedBy(request) }, increment: { rev: 1 } },
      );
      return changed && restore(changed);
    },
    async takeRevision(orgId, id, rev, commandId) {
      const current = await collection.findOne({ _id: id, orgId });
      const before = current?.taken?.[commandId];
      if (before !== undefined || current?.rev !== rev) return before;
      const latest = Object.entries(current.taken ?? {}).slice(1 - TAKEN_KEPT);
      const own: Taken = { sequence: current.sequence, rev: rev + 1 };
      const changed = await collection.changeOne(
        { _id: id, orgId, rev },
        { set: { taken: Object.fromEntries([...latest, [commandId, own]]) }, increment: { rev: 1 } },
      );
      if (changed !== undefined) return own;
      // Somebody else was first: perhaps another attempt of the same command.
      return (await collection.findOne({ _id: id, orgId }))?.taken?.[commandId];
    },
    async forgetTaken(orgId, id, commandId) {
      return (await collection.changeOne({ _id: id, orgId }, { unset: [`taken.${commandId}`] }))?.rev;
    },
    list: (orgId, filter) =>
      listNewestFirst(orgId, filter, async (one, limit) =>
        (await collection.find(one, NEWEST_FIRST, limit)).map(restore),
      ),
    listBriefly: <Kind extends CaseKind>(orgId: string, filter: CaseListFilter) =>
      listNewestFirst(orgId, filter, async (one, limit) =>
        (await collection.findWithout<BriefDocument>(STEPS, one, NEWEST_FIRST, limit)).map((found) =>
          restoreBriefly<Kind>(found),
        ),
      ),
    async listDue(orgId, untilMs, limit) {
      const found = await collection.find({ orgId, dueAtMs: atMost(untilMs) }, { dueAtMs: 1 }, limit);
      return found.map(restore);
    },
    async listNaming(orgId, personId, after, limit) {
      const filter = { orgId, namedIds: personId, ...(after === undefined ? {} : { _id: above(after) }) };
      return (await collection.find(filter, { _id: 1 }, limit)).map(restore);
    },
    async listRequested(limit, requestedBeforeMs) {
      const filter = { engine: 'requested', requestedAtMs: below(requestedBeforeMs) };
      const found = await collection.find(filter, { requestedAtMs: 1 }, limit);
      return found.map(restore);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

/** A projection proves that a workflow exists. What it does not name is no longer so. */
function projectionChanges(projection: CaseProjection): ReturnType<typeof splitChanges> {
  const gone = Object.fromEntries(OPTIONAL_OF_PROJECTION.map((field) => [field, undefined]));
  return splitChanges({ ...gone, ...projection, engine: 'started' });
}
