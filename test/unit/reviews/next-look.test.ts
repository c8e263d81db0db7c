import { expect, test } from '@jest/globals';
import { nextLookAt } from '../../../shared/domain/reviews/next-look.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const NOW = Date.UTC(2027, 0, 11, 9, 0);
/** Minutes until the next look, by the age of what is due. */
const after = (ageMinutes: number, dueAtMs?: number) =>
  (nextLookAt(dueAtMs, NOW - ageMinutes * MINUTE, NOW) - NOW) / MINUTE;

test.each([
  [0, 1],
  [4.9, 1],
  [5, 5],
  [29.9, 5],
  [30, 15],
  [179.9, 15],
  [180, 60],
  [100_000, 60],
])('what is due for %d minutes is looked at again after %d', (age, pause) => {
  expect(after(age)).toBe(pause);
});

test('what is due later is looked at then, after a day at most', () => {
  expect(nextLookAt(NOW + 10 * MINUTE, NOW, NOW)).toBe(NOW + 11 * MINUTE);
  expect(nextLookAt(NOW + DAY, NOW, NOW)).toBe(NOW + DAY);
  expect(nextLookAt(NOW + 60 * DAY, NOW, NOW)).toBe(NOW + DAY);
});

test('a last day that has come makes it urgent again, however old the case is', () => {
  expect(after(60 * 1_440, NOW - MINUTE)).toBe(1);
  expect(after(60 * 1_440, NOW)).toBe(1);
});
