import { expect, test } from '@jest/globals';
import { decodeTime } from 'ulid';
import { rowOfPersonId, rowPersonId } from '../../../shared/platform/imports/row-person-id.ts';

const seed = { seed: { importId: 'imp_01KD', atMs: 1_790_000_000_000 } };

test('the id of a row is the same every time, looks like any other, and sorts by row', () => {
  const ids = [1, 2, 33, 1_000, 200_000].map((row) => rowPersonId(seed, row));
  expect(ids).toEqual([1, 2, 33, 1_000, 200_000].map((row) => rowPersonId(seed, row)));
  for (const id of ids) expect(id).toMatch(/^per_[0-9A-HJKMNP-TV-Z]{26}$/u);
  expect(ids.toSorted()).toEqual(ids);
  expect(decodeTime(ids[0]!.slice(4))).toBe(1_790_000_000_000);
});

test('only the import that made an id knows its row', () => {
  expect(rowOfPersonId(seed, rowPersonId(seed, 4_711))).toBe(4_711);
  const other = { seed: { ...seed.seed, importId: 'imp_01KE' } };
  expect(rowOfPersonId(other, rowPersonId(seed, 4_711))).toBeUndefined();
  expect(rowOfPersonId(seed, 'per_01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBeUndefined();
});
