import type { Connection } from 'mongoose';
import type { CaseProjection, CaseRecord } from '../../domain/case-record.ts';
import type { CaseState } from '../../domain/case-states.ts';
import type { DepartureRequest } from '../../domain/departure.ts';
import { openCases, type CaseDocument } from './case-collection.ts';
import { above, atMost, below, type Filter } from './collection.ts';
import { peopleNamedBy } from '../../domain/reference.ts';
import { fromStored, splitChanges, toStored } from './stored.ts';

interface CaseListFilter {
  readonly state?: CaseState;
  readonly needsAttention?: boolean;
  readonly personId?: string;
  /** Only cases with something due at this instant or before. */
  readonly dueUntilMs?: number;
  /** The id of the last case of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export interface CaseRepository {
  get(orgId: string, id: string): Promise<CaseRecord | undefined>;
  insert(record: CaseRecord): Promise<'inserted' | 'exists'>;
  /** A workflow exists. Repeating it changes nothing. */
  markStarted(orgId: string, id: string): Promise<void>;
  /** Writes what the workflow says of itself; `outdated` when a later projection was written already. */
  project(orgId: string, id: string, projection: CaseProjection): Promise<'applied' | 'outdated' | 'unknown'>;
  /** Changes what was asked for (another last day); `undefined` when somebody else changed the case since `rev`. */
  setRequest(
    orgId: string,
    id: string,
    rev: number,
    request: DepartureRequest,
  ): Promise<CaseRecord | undefined>;
  /** Newest first. */
  list(orgId: string, filter: CaseListFilter): Promise<readonly CaseRecord[]>;
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

const restore = (document: CaseDocument): CaseRecord => fromStored(document, ['namedIds']);

export function createCaseRepository(connection: Connection): CaseRepository {
  const collection = openCases(connection);
  return {
    async get(orgId, id) {
      const found = await collection.findOne({ _id: id, orgId });
      return found && restore(found);
    },
    insert: (record) => collection.insert({ ...toStored(record), namedIds: peopleNamedBy(record.request) }),
    async markStarted(orgId, id) {
      await collection.changeOne(
        { _id: id, orgId, engine: 'requested' },
        { set: { engine: 'started' }, increment: { rev: 1 } },
      );
    },
    async project(orgId, id, projection) {
      // One comparison and one write: a late projection of a crashed attempt cannot undo a later one.
      const applied = await collection.changeOne(
        { _id: id, orgId, sequence: below(projection.sequence) },
        { ...projectionChanges(projection), increment: { rev: 1 } },
      );
      if (applied !== undefined) return 'applied';
      return (await collection.findOne({ _id: id, orgId })) === undefined ? 'unknown' : 'outdated';
    },
    async setRequest(orgId, id, rev, request) {
      const changed = await collection.changeOne(
        { _id: id, orgId, rev },
        { set: { request, namedIds: peopleNamedBy(request) }, increment: { rev: 1 } },
      );
      return changed && restore(changed);
    },
    async list(orgId, filter) {
      const found = await collection.find(listFilter(orgId, filter), { _id: -1 }, filter.limit);
      return found.map(restore);
    },
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

function listFilter(orgId: string, filter: CaseListFilter): Filter {
  return {
    orgId,
    ...(filter.state === undefined ? {} : { state: filter.state }),
    ...(filter.needsAttention === undefined ? {} : { needsAttention: filter.needsAttention }),
    ...(filter.personId === undefined ? {} : { personId: filter.personId }),
    ...(filter.dueUntilMs === undefined ? {} : { dueAtMs: atMost(filter.dueUntilMs) }),
    ...(filter.after === undefined ? {} : { _id: below(filter.after) }),
  };
}
