import { describe, expect, test } from '@jest/globals';
import {
  passTag,
  passUnderWay,
  progressWith,
  rowsFor,
  tooManyFailed,
} from '../../../shared/domain/imports/pass-progress.ts';
import { ROWS_PER_PAGE, type ImportPage, type RowStatus } from '../../../shared/domain/imports/import-row.ts';
import { NO_ROWS, type ImportPass } from '../../../shared/domain/imports/people-import.ts';
import { aPass, anImport } from '../../support/imports.ts';

function aPage(number: number, statuses: readonly (RowStatus | undefined)[]): ImportPage {
  const rows = statuses.map((status, index) => ({
    ...{ number: (number - 1) * ROWS_PER_PAGE + index + 1, line: index + 2, values: [] },
    ...(status === undefined ? {} : { result: { status } }),
  }));
  return { id: `row:imp_x:${number}`, orgId: 'org_x', importId: 'imp_x', number, rev: 0, rows };
}
const full = (number: number, status: RowStatus) =>
  aPage(
    number,
    Array.from({ length: ROWS_PER_PAGE }, () => status),
  );
const begun: ImportPass = aPass(1);

describe('how far a pass came', () => {
  test('counts a page that is under way on top of those before, however often', () => {
    const one = progressWith(begun, full(1, 'created'), 'run', 10);
    expect(one).toMatchObject({
      pages: 1,
      rows: 200,
      counts: { created: 200 },
      countsBefore: { created: 200 },
    });
    const half = aPage(2, ['created', 'failed', undefined]);
    const two = progressWith(one, half, 'run', 20);
    expect(two).toMatchObject({ pages: 1, rows: 202, counts: { created: 201, failed: 1 } });
    expect(two.countsBefore).toEqual(one.countsBefore);
    expect(progressWith(two, half, 'run', 30)).toEqual(two);
    const whole = progressWith(two, aPage(2, ['created', 'failed', 'updated']), 'run', 40);
    expect(whole).toMatchObject({ pages: 2, rows: 203, counts: { created: 201, failed: 1, updated: 1 } });
    expect(whole.countsBefore).toEqual(whole.counts);
  });

  test('keeps the latest moments at which it went on', () => {
    let pass = begun;
    for (let number = 1; number <= 30; number += 1)
      pass = progressWith(pass, full(number, 'unchanged'), 'run', number);
    expect(pass.pace).toHaveLength(20);
    expect(pass.pace[0]).toEqual({ atMs: 11, rows: 2_200 });
    expect(pass.pace.at(-1)).toEqual({ atMs: 30, rows: 6_000 });
  });
});

test('a dry run forgets what an earlier one said of a row; the run keeps it', () => {
  const [row] = aPage(1, [undefined]).rows;
  const page = {
    ...aPage(1, []),
    begunBy: 'dry_run:1',
    rows: [{ ...row!, dryRun: { status: 'failed' } as const }],
  };
  expect(rowsFor(page, { mode: 'dry_run', number: 1 })).toBe(page.rows);
  expect(rowsFor(page, { mode: 'dry_run', number: 2 })[0]).not.toHaveProperty('dryRun');
  expect(rowsFor(page, { mode: 'run', number: 1 })[0]).toHaveProperty('dryRun');
  expect(passTag({ mode: 'run', number: 1 })).not.toBe(passTag({ mode: 'dry_run', number: 1 }));
});

test('a pass is under way only while it is the one the import is at', () => {
  const dry = anImport('org_x', { state: 'dry_run', dryRun: aPass(2) });
  expect(passUnderWay(dry, { mode: 'dry_run', number: 2 })).toBe(dry.dryRun);
  expect(passUnderWay(dry, { mode: 'dry_run', number: 1 })).toBeUndefined();
  expect(passUnderWay({ ...dry, state: 'mapped' }, { mode: 'dry_run', number: 2 })).toBeUndefined();
  expect(
    passUnderWay({ ...dry, state: 'stopped', run: aPass(1) }, { mode: 'run', number: 1 }),
  ).toBeUndefined();
});

test('more than the share is too many; exactly the share is not', () => {
  const failed = (count: number) => ({ ...NO_ROWS, failed: count });
  expect(tooManyFailed(failed(20), 100, 20)).toBe(false);
  expect(tooManyFailed(failed(21), 100, 20)).toBe(true);
  expect(tooManyFailed(failed(1), 1, 100)).toBe(false);
});
