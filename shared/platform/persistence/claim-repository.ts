import type { Connection } from 'mongoose';
import { openCaseClaimId } from '../../domain/ids.ts';
import { inside, oneOf, openCollection, type StoredDocument } from './collection.ts';

export type ClaimTaken =
  | { readonly kind: 'taken' }
  /** The holder had it before: a repeated command finds its own work. */
  | { readonly kind: 'already' }
  | { readonly kind: 'held'; readonly holderId: string };

export interface WantedClaim {
  readonly claimId: string;
  readonly holderId: string;
}

export interface ClaimRepository {
  /**
   * Takes a name for a holder. Of any number of holders at once exactly one gets it. A quarantined name goes to its former
   * holder at once and to others when the quarantine is over at `asOfMs`.
   */
  take(claimId: string, orgId: string, holderId: string, asOfMs: number): Promise<ClaimTaken>;
  /** The same of many names at once, for a holder each; no name twice. Gives the outcome by name. */
  takeMany(
    wanted: readonly WantedClaim[],
    orgId: string,
    asOfMs: number,
  ): Promise<ReadonlyMap<string, ClaimTaken>>;
  /** Frees a name its holder holds; `false` when it was not held by them. A quarantined name stays so. */
  release(claimId: string, orgId: string, holderId: string): Promise<boolean>;
  /** Keeps a name from everybody else until `untilMs`. `held`: it belongs to somebody else by now. */
  quarantine(
    claimId: string,
    orgId: string,
    holderId: string,
    untilMs: number,
  ): Promise<{ readonly kind: 'quarantined' } | { readonly kind: 'held'; readonly holderId: string }>;
  get(claimId: string, orgId: string): Promise<Claim | undefined>;
  /** Those of the names that are claimed, by their ids. */
  getMany(claimIds: readonly string[], orgId: string): Promise<ReadonlyMap<string, Claim>>;
  /** The ids of the people whom an open case has a claim on, in the order of their creation or against it. */
  listWithOpenCase(orgId: string, range: OpenCaseRange): Promise<readonly string[]>;
  /** What each of the holders has, as ids of claims by holder; those who have nothing are left out. */
  listOfMany(
    holderIds: readonly string[],
    orgId: string,
    mostOfEach: number,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Forgets all claims of an organisation. */
  removeAll(orgId: string): Promise<void>;
  /** The ids of what a holder has, quarantined names included; at most `limit`. */
  listOf(holderId: string, orgId: string, limit: number): Promise<readonly string[]>;
  ensureIndexes(): Promise<void>;
}

interface OpenCaseRange {
  /** The id of the last person of the page before. */
  readonly after?: string;
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
}

export interface Claim {
  readonly holderId: string;
  readonly state: 'held' | 'quarantined';
  /** End of the quarantine. */
  readonly untilMs?: number;
}
type ClaimDocument = StoredDocument & Claim & { readonly rev: number };

function claimOf({ holderId, state, untilMs }: ClaimDocument): Claim {
  return { holderId, state, ...(untilMs === undefined ? {} : { untilMs }) };
}

/** What somebody comes to who asks for a name that is held. */
function outcomeFor(holderId: string, claim: Claim): ClaimTaken {
  return claim.holderId === holderId ? { kind: 'already' } : { kind: 'held', holderId: claim.holderId };
}

/** Above every id. */
const BEYOND_IDS = '~';

/** Whoever removes more at once keeps others waiting. */
const REMOVED_AT_ONCE = 1_000;

/** A claim that changes hands this often within one call is a fault, not a race. */
const MAX_ATTEMPTS = 5;

/** `name`: claims that are kept apart from those that count. */
export function createClaimRepository(connection: Connection, name = 'claims'): ClaimRepository {
  const collection = openCollection<ClaimDocument>(connection, {
    name,
    fields: {
      rev: 'number',
      holderId: 'string',
      state: 'string',
      untilMs: 'number?',
    },
    indexes: [
      { orgId: 1, holderId: 1 },
      { orgId: 1, _id: 1 },
    ],
  });

  async function take(
    claimId: string,
    orgId: string,
    holderId: string,
    asOfMs: number,
  ): Promise<ClaimTaken | undefined> {
    const claim: ClaimDocument = { _id: claimId, orgId, rev: 0, holderId, state: 'held' };
    if ((await collection.insert(claim)) === 'inserted') return { kind: 'taken' };
    const found = await collection.findOne({ _id: claimId, orgId });
    if (found === undefined) return undefined;
    if (found.state === 'held') return outcomeFor(holderId, found);
    const over = found.untilMs !== undefined && found.untilMs <= asOfMs;
    if (!over && found.holderId !== holderId) return { kind: 'held', holderId: found.holderId };
    const changed = await collection.changeOne(
      { _id: claimId, orgId, rev: found.rev },
      { set: { holderId, state: 'held' }, unset: ['untilMs'], increment: { rev: 1 } },
    );
    return changed && { kind: 'taken' };
  }

  const takeOne: ClaimRepository['take'] = async (claimId, orgId, holderId, asOfMs) => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const taken = await take(claimId, orgId, holderId, asOfMs);
      if (taken !== undefined) return taken;
    }
    throw new Error('a claim kept changing hands');
  };

  const getMany: ClaimRepository['getMany'] = async (claimIds, orgId) => {
    if (claimIds.length === 0) return new Map();
    const found = await collection.find({ _id: oneOf(claimIds), orgId }, { _id: 1 }, claimIds.length);
    return new Map(found.map((document) => [document._id, claimOf(document)]));
  };

  return {
    take: takeOne,
    getMany,
    async takeMany(wanted, orgId, asOfMs) {
      const there = await collection.insertMany(
        wanted.map(({ claimId, holderId }) => ({ _id: claimId, orgId, rev: 0, holderId, state: 'held' })),
      );
      const standing = await getMany([...there], orgId);
      const outcomes = new Map<string, ClaimTaken>();
      for (const { claimId, holderId } of wanted) {
        const claim = standing.get(claimId);
        if (!there.has(claimId)) outcomes.set(claimId, { kind: 'taken' });
        else if (claim?.state === 'held') outcomes.set(claimId, outcomeFor(holderId, claim));
        else outcomes.set(claimId, await takeOne(claimId, orgId, holderId, asOfMs));
      }
      return outcomes;
    },
    release: (claimId, orgId, holderId) =>
      collection.deleteOne({ _id: claimId, orgId, holderId, state: 'held' }),
    async quarantine(claimId, orgId, holderId, untilMs) {
      const claim: ClaimDocument = { _id: claimId, orgId, rev: 0, holderId, state: 'quarantined', untilMs };
      if ((await collection.insert(claim)) === 'inserted') return { kind: 'quarantined' };
      const changed = await collection.changeOne(
        { _id: claimId, orgId, holderId },
        { set: { state: 'quarantined', untilMs }, increment: { rev: 1 } },
      );
      if (changed !== undefined) return { kind: 'quarantined' };
      const found = await collection.findOne({ _id: claimId, orgId });
      if (found === undefined) throw new Error('a claim vanished while it was quarantined');
      return { kind: 'held', holderId: found.holderId };
    },
    async get(claimId, orgId) {
      const found = await collection.findOne({ _id: claimId, orgId });
      return found && claimOf(found);
    },
    async listWithOpenCase(orgId, { after = '', direction, limit }) {
      const [first, last] = [openCaseClaimId(orgId, ''), openCaseClaimId(orgId, BEYOND_IDS)];
      const from = openCaseClaimId(orgId, after);
      const range = direction === 'asc' ? inside(from, last) : inside(first, after === '' ? last : from);
      const sort = { _id: direction === 'asc' ? (1 as const) : (-1 as const) };
      const found = await collection.find({ orgId, _id: range }, sort, limit);
      return found.map(({ _id }) => _id.slice(first.length));
    },
    async listOf(holderId, orgId, limit) {
      return (await collection.find({ orgId, holderId }, { _id: 1 }, limit)).map(({ _id }) => _id);
    },
    async listOfMany(holderIds, orgId, mostOfEach) {
      const found = await collection.find(
        { orgId, holderId: oneOf(holderIds) },
        { _id: 1 },
        holderIds.length * mostOfEach,
      );
      const held = new Map<string, string[]>();
      for (const { _id, holderId } of found) held.set(holderId, [...(held.get(holderId) ?? []), _id]);
      return held;
    },
    async removeAll(orgId) {
      for (;;) {
        const some = await collection.find({ orgId }, { _id: 1 }, REMOVED_AT_ONCE);
        if (some.length === 0) return;
        await collection.deleteMany({ orgId, _id: oneOf(some.map(({ _id }) => _id)) });
      }
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
