import { expect, test } from '@jest/globals';
import { guardLimit, raises } from '../../../shared/domain/guard.ts';

const usual = { floor: 2, sharePercent: 20, ceiling: 10 };

test.each([
  [1, 2],
  [14, 2],
  [15, 3],
  [49, 9],
  [50, 10],
  [5_000, 10],
])('of %i people %i may leave in a day', (people, limit) => {
  expect(guardLimit(usual, people)).toBe(limit);
});

test('any number that lets more through is a raise', () => {
  expect(raises(usual, usual)).toBe(false);
  expect(raises(usual, { floor: 1, sharePercent: 10, ceiling: 5 })).toBe(false);
  for (const more of [{ floor: 3 }, { sharePercent: 21 }, { ceiling: 11 }])
    expect(raises(usual, { floor: 1, sharePercent: 1, ceiling: 1, ...more })).toBe(true);
});
