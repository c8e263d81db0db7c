import type { Connection } from 'mongoose';
import {
  FINDING_STATES,
  keptId,
  type Finding,
  type FindingState,
  type KeptFinding,
} from '../../domain/reviews/finding.ts';
import type { RuleName } from '../../domain/reviews/rule-names.ts';
import { above, atMost, oneOf, openCollection } from './collection.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

export type FindingChanges = ChangesOf<
  Pick<Finding, 'state' | 'decision' | 'action' | 'nextAtMs' | 'reviewerId'>
>;

export type StateCounts = Readonly<Partial<Record<FindingState, number>>>;

/** Each has an index that also yields the order; of several that are given the others are looked at in what the index gives. */
export interface FindingFilter {
  readonly state?: FindingState | undefined;
  readonly rule?: RuleName | undefined;
  readonly reviewerId?: string | undefined;
  readonly personId?: string | undefined;
  /** The id of the last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What reviews found, and what is kept. */
export interface FindingRepository {
  get(orgId: string, id: string): Promise<Finding | undefined>;
  getMany(orgId: string, ids: readonly string[]): Promise<readonly Finding[]>;
  /** Those that are there already stay as they are. */
  insertMany(findings: readonly Finding[]): Promise<void>;
  /** Changes the revision that was read; `undefined` when somebody else was first. */
  update(finding: Finding, changes: FindingChanges): Promise<Finding | undefined>;
  /** Of one review, in the order of ids. */
  list(orgId: string, reviewId: string, filter: FindingFilter): Promise<readonly Finding[]>;
  /** Of one review, those the engine has to look at until then, the most urgent in front. */
  listDue(orgId: string, reviewId: string, untilMs: number, limit: number): Promise<readonly Finding[]>;
  /** Of one review: the first reviewer after this one, in the order of their ids. */
  nextReviewer(orgId: string, reviewId: string, after: string | undefined): Promise<string | undefined>;
  count(
    orgId: string,
    reviewId: string,
    by: Pick<FindingFilter, 'state' | 'rule' | 'reviewerId'>,
  ): Promise<number>;
  /** Of one review; states that nothing is in are left out. */
  countByState(orgId: string, reviewId: string): Promise<StateCounts>;
  /** Later ones replace earlier ones. */
  keep(kept: KeptFinding): Promise<void>;
  /** By the keys of findings. */
  keptOf(orgId: string, keys: readonly string[]): Promise<ReadonlyMap<string, KeptFinding>>;
  ensureIndexes(): Promise<void>;
}

export function createFindingRepository(connection: Connection): FindingRepository {
  const findings = openCollection<Stored<Finding>>(connection, {
    name: 'review_findings',
    fields: {
      rev: 'number',
      reviewId: 'string',
      rule: 'string',
      key: 'string',
      personId: 'string?',
      account: 'json?',
      about: 'string?',
      value: 'json',
      threshold: 'number?',
      evidence: 'json',
      proposes: 'string',
      reviewerId: 'string?',
      needsSecond: 'boolean',
      foundAtMs: 'number',
      state: 'string',
      decision: 'json?',
      action: 'json?',
      nextAtMs: 'number?',
    },
    indexes: [
      { orgId: 1, reviewId: 1, _id: 1 },
      { orgId: 1, reviewId: 1, state: 1, _id: 1 },
      { orgId: 1, reviewId: 1, rule: 1, _id: 1 },
      { orgId: 1, reviewId: 1, reviewerId: 1, state: 1, _id: 1 },
      { orgId: 1, reviewId: 1, personId: 1, _id: 1 },
      { orgId: 1, reviewId: 1, nextAtMs: 1 },
    ],
  });
  const kept = openCollection<Stored<KeptFinding>>(connection, {
    name: 'review_kept',
    fields: { reviewId: 'string', findingId: 'string', untilMs: 'number' },
    indexes: [],
  });
  return {
    async get(orgId, id) {
      const found = await findings.findOne({ _id: id, orgId });
      return found && fromStored(found);
    },
    async getMany(orgId, ids) {
      if (ids.length === 0) return [];
      return (await findings.find({ orgId, _id: oneOf(ids) }, { _id: 1 }, ids.length)).map((one) =>
        fromStored(one),
      );
    },
    async insertMany(many) {
      if (many.length > 0) await findings.insertMany(many.map(toStored));
    },
    async update({ id, orgId, rev }, changes) {
      const change = { ...splitChanges(changes), increment: { rev: 1 } };
      const changed = await findings.changeOne({ _id: id, orgId, rev }, change);
      return changed && fromStored(changed);
    },
    async list(orgId, reviewId, { after, limit, ...equal }) {
      const given = Object.entries(equal).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const filter = {
        ...{ orgId, reviewId, ...Object.fromEntries(given) },
        ...(after === undefined ? {} : { _id: above(after) }),
      };
      return (await findings.find(filter, { _id: 1 }, limit)).map((one) => fromStored(one));
    },
    async listDue(orgId, reviewId, untilMs, limit) {
      const found = await findings.find(
        { orgId, reviewId, nextAtMs: atMost(untilMs) },
        { nextAtMs: 1 },
        limit,
      );
      return found.map((one) => fromStored(one));
    },
    async nextReviewer(orgId, reviewId, after = '') {
      const filter = { orgId, reviewId, reviewerId: above(after) };
      return (await findings.find(filter, { reviewerId: 1, state: 1, _id: 1 }, 1))[0]?.reviewerId;
    },
    count: (orgId, reviewId, { state, rule, reviewerId }) =>
      findings.count({
        ...{ orgId, reviewId },
        ...(reviewerId === undefined ? {} : { reviewerId }),
        ...(state === undefined ? {} : { state }),
        ...(rule === undefined ? {} : { rule }),
      }),
    async countByState(orgId, reviewId) {
      const counted = FINDING_STATES.map(
        async (state) => [state, await findings.count({ orgId, reviewId, state })] as const,
      );
      return Object.fromEntries((await Promise.all(counted)).filter(([, count]) => count > 0));
    },
    async keep({ id, orgId, ...rest }) {
      const { reviewId, findingId, untilMs } = rest;
      const isThere = await kept.updateOne({ _id: id, orgId }, { set: { reviewId, findingId, untilMs } });
      if (isThere || (await kept.insert({ _id: id, orgId, ...rest })) === 'inserted') return;
      await kept.updateOne({ _id: id, orgId }, { set: { reviewId, findingId, untilMs } });
    },
    async keptOf(orgId, keys) {
      if (keys.length === 0) return new Map();
      const ids = keys.map((key) => keptId(orgId, key));
      const found = await kept.find({ orgId, _id: oneOf(ids) }, { _id: 1 }, ids.length);
      const beginning = keptId(orgId, '').length;
      return new Map(found.map((one) => [one._id.slice(beginning), fromStored(one)]));
    },
    async ensureIndexes() {
      await findings.ensureIndexes();
      await kept.ensureIndexes();
    },
  };
}
