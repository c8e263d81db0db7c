/** So many tokens, taken under this key at this instant. */
export interface TokenGrant {
  /** Empty: several that were merged. */
  readonly key: string;
  readonly atMs: number;
  readonly count: number;
}

/** At most so many tokens in any period of this length. */
export interface TokenLimit {
  readonly most: number;
  readonly periodMs: number;
}

export interface TokenWish {
  /** Asking again under the same key is asking once. */
  readonly key: string;
  readonly wanted: number;
  readonly nowMs: number;
}

export interface TakenTokens {
  readonly granted: number;
  readonly grants: readonly TokenGrant[];
  /** Of the next token, where fewer were granted than wanted. */
  readonly nextAtMs?: number;
}

/** More are merged: a token among them may come back later than it would have, never sooner. */
const MOST_GRANTS = 100;

/**
 * As many tokens as there are, at most those that are wanted. A token comes back exactly one period after it was taken. Under a key
 * that has some already it is the same ones, counted from now: whoever asks again uses them now.
 */
export function takeTokens(
  grants: readonly TokenGrant[],
  { key, wanted, nowMs }: TokenWish,
  limit: TokenLimit,
): TakenTokens {
  const taken = grants.filter(({ atMs }) => atMs + limit.periodMs > nowMs);
  const own = taken.find((grant) => grant.key === key);
  const others = taken.filter((grant) => grant !== own);
  const granted = own?.count ?? Math.min(wanted, Math.max(limit.most - countOf(others), 0));
  const now = granted === 0 ? others : shortened(inOrder([...others, { key, atMs: nowMs, count: granted }]));
  return {
    granted: Math.min(granted, wanted),
    grants: now,
    ...(granted < wanted ? { nextAtMs: nextTokenAtMs(now, limit, nowMs) } : {}),
  };
}

/** What became of the tokens of a key: so many were used, until now at the latest; the others were never taken. */
export function keepTokens(
  grants: readonly TokenGrant[],
  { key, count, nowMs }: { readonly key: string; readonly count: number; readonly nowMs: number },
): readonly TokenGrant[] {
  const own = grants.find((grant) => grant.key === key);
  if (own === undefined) return grants;
  const others = grants.filter((grant) => grant !== own);
  const kept = Math.min(count, own.count);
  return kept === 0 ? others : inOrder([...others, { key, atMs: Math.max(nowMs, own.atMs), count: kept }]);
}

/** With a lower limit than before, more than one grant has to come back. */
function nextTokenAtMs(grants: readonly TokenGrant[], { most, periodMs }: TokenLimit, nowMs: number): number {
  let out = countOf(grants);
  for (const { atMs, count } of grants) {
    out -= count;
    if (out < most) return atMs + periodMs;
  }
  return nowMs + periodMs;
}

function inOrder(grants: readonly TokenGrant[]): readonly TokenGrant[] {
  return grants.toSorted((one, other) => one.atMs - other.atMs);
}

/** Merges those that are nearest to each other, and counts them from the later of the two. */
function shortened(grants: readonly TokenGrant[]): readonly TokenGrant[] {
  let short = grants;
  while (short.length > MOST_GRANTS) {
    const at = nearest(short);
    const [one, other] = [short[at], short[at + 1]];
    if (one === undefined || other === undefined) return short;
    const merged = { key: '', atMs: other.atMs, count: one.count + other.count };
    short = [...short.slice(0, at), merged, ...short.slice(at + 2)];
  }
  return short;
}

/** The latest one may be asked for again: it is left alone. */
function nearest(grants: readonly TokenGrant[]): number {
  const gaps = grants.slice(1, -1).map(({ atMs }, index) => atMs - (grants[index]?.atMs ?? 0));
  return gaps.indexOf(Math.min(...gaps));
}

function countOf(grants: readonly TokenGrant[]): number {
  return grants.reduce((sum, { count }) => sum + count, 0);
}
