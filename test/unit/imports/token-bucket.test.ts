import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  keepTokens,
  takeTokens,
  type TokenGrant,
  type TokenLimit,
} from '../../../shared/domain/imports/token-bucket.ts';

const DAY = 24 * 3_600_000;
const LIMIT: TokenLimit = { most: 50, periodMs: DAY };

/** Who takes all there is, again and again at the instant it is told, until so many are done. */
function takeAll(wanted: number, limit: TokenLimit) {
  const moments: { atMs: number; count: number }[] = [];
  let grants: readonly TokenGrant[] = [];
  for (let [left, nowMs] = [wanted, 0]; left > 0;) {
    const taken = takeTokens(grants, { key: String(left), wanted: left, nowMs }, limit);
    grants = taken.grants;
    if (taken.granted > 0) moments.push({ atMs: nowMs, count: taken.granted });
    left -= taken.granted;
    nowMs = taken.nextAtMs ?? nowMs;
  }
  return moments;
}

/** The most that falls into one period, wherever it begins. */
function mostInAPeriod(moments: readonly { atMs: number; count: number }[], periodMs: number): number {
  const sums = moments.map(({ atMs: from }) =>
    moments
      .filter(({ atMs }) => atMs >= from && atMs < from + periodMs)
      .reduce((sum, { count }) => sum + count, 0),
  );
  return Math.max(0, ...sums);
}

test('lets four hundred rows through in eight portions, each exactly a day after the one before', () => {
  const moments = takeAll(400, LIMIT);
  expect(moments).toEqual(Array.from({ length: 8 }, (_, day) => ({ atMs: day * DAY, count: 50 })));
});

test('gives the same tokens under the same key, and says when the next one is there', () => {
  const first = takeTokens([], { key: 'a', wanted: 60, nowMs: 0 }, LIMIT);
  expect(first).toEqual({ granted: 50, grants: [{ key: 'a', atMs: 0, count: 50 }], nextAtMs: DAY });
  const again = takeTokens(first.grants, { key: 'a', wanted: 60, nowMs: 1_000 }, LIMIT);
  expect(again).toMatchObject({ granted: 50, grants: [{ key: 'a', atMs: 1_000, count: 50 }] });
  // What was lowered, or came back meanwhile, is of no account to whoever has tokens already.
  for (const most of [10, 500])
    expect(takeTokens(again.grants, { key: 'a', wanted: 60, nowMs: 1_500 }, { ...LIMIT, most }).granted).toBe(
      50,
    );
  const other = takeTokens(again.grants, { key: 'b', wanted: 1, nowMs: 2_000 }, LIMIT);
  expect(other).toMatchObject({ granted: 0, nextAtMs: DAY + 1_000 });
});

test('counts tokens from when they were used, and gives back those that were not', () => {
  const { grants } = takeTokens([], { key: 'a', wanted: 50, nowMs: 0 }, LIMIT);
  const kept = keepTokens(grants, { key: 'a', count: 30, nowMs: 500 });
  expect(kept).toEqual([{ key: 'a', atMs: 500, count: 30 }]);
  expect(takeTokens(kept, { key: 'b', wanted: 50, nowMs: 600 }, LIMIT).granted).toBe(20);
  expect(takeTokens(kept, { key: 'b', wanted: 50, nowMs: DAY + 499 }, LIMIT).granted).toBe(20);
  expect(takeTokens(kept, { key: 'b', wanted: 50, nowMs: DAY + 500 }, LIMIT).granted).toBe(50);
  expect(keepTokens(kept, { key: 'a', count: 0, nowMs: 700 })).toEqual([]);
});

test('a higher limit counts at once, and with a lower one more has to come back first', () => {
  const { grants } = takeTokens([], { key: 'a', wanted: 50, nowMs: 0 }, LIMIT);
  const { grants: both } = takeTokens(grants, { key: 'b', wanted: 30, nowMs: 1_000 }, { ...LIMIT, most: 80 });
  expect(both.map(({ count }) => count)).toEqual([50, 30]);
  const lower = takeTokens(both, { key: 'c', wanted: 1, nowMs: 2_000 }, { ...LIMIT, most: 20 });
  expect(lower).toMatchObject({ granted: 0, nextAtMs: DAY + 1_000 });
});

/** Several imports that take, stay away, come back under the same key, and use what they have at any time until they say so. */
const steps = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 200 }),
    wanted: fc.integer({ min: 1, max: 40 }),
    afterMs: fc.integer({ min: 0, max: 40 }),
    usedAfterMs: fc.integer({ min: 0, max: 10 }),
    used: fc.integer({ min: 0, max: 40 }),
    dies: fc.boolean(),
  }),
  { minLength: 1, maxLength: 300 },
);

test('never are more tokens used in any period than the limit, whoever dies in between', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 60 }), (all, most) => {
      const limit = { most, periodMs: 100 };
      const used: { atMs: number; count: number }[] = [];
      let grants: readonly TokenGrant[] = [];
      let nowMs = 0;
      for (const { key, wanted, afterMs, usedAfterMs, used: wish, dies } of all) {
        nowMs += afterMs;
        const taken = takeTokens(grants, { key: String(key), wanted, nowMs }, limit);
        grants = taken.grants;
        if (dies) continue;
        const count = Math.min(wish, taken.granted);
        nowMs += usedAfterMs;
        if (count > 0) used.push({ atMs: nowMs, count });
        grants = keepTokens(grants, { key: String(key), count, nowMs });
        // What was used is used: nobody comes back for it.
        grants = grants.map((grant) =>
          grant.key === String(key) ? { ...grant, key: `done ${key}` } : grant,
        );
      }
      expect(mostInAPeriod(used, limit.periodMs)).toBeLessThanOrEqual(most);
      expect(grants.length).toBeLessThanOrEqual(100);
    }),
  );
});

test('keeps a short list, in which no token comes back sooner than its period', () => {
  const limit = { most: 1_000, periodMs: 1_000_000 };
  let grants: readonly TokenGrant[] = [];
  for (let at = 0; at < 1_000; at += 1)
    grants = takeTokens(grants, { key: `k${at}`, wanted: 1, nowMs: at * 10 }, limit).grants;
  expect(grants.length).toBe(100);
  for (let at = 0; at < 1_000; at += 37) {
    const nowMs = at * 10 + limit.periodMs;
    const { granted } = takeTokens(grants, { key: 'x', wanted: 1_000, nowMs }, limit);
    expect(granted).toBeLessThanOrEqual(at + 1);
  }
  expect(takeTokens(grants, { key: 'x', wanted: 1_000, nowMs: 9_990 + limit.periodMs }, limit).granted).toBe(
    1_000,
  );
});
