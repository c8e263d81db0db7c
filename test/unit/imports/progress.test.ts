import { expect, test } from '@jest/globals';
import { NO_ROWS, type ImportPass, type PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import { progressOf } from '../../../shared/domain/imports/progress.ts';

const T0 = Date.UTC(2027, 0, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Going = Parameters<typeof progressOf>[0];

function pass(fields: Partial<ImportPass> = {}): ImportPass {
  return {
    ...{ number: 1, startedAtMs: T0, pages: 0, rows: 0, counts: NO_ROWS, countsBefore: NO_ROWS, pace: [] },
    ...fields,
  };
}

function going(fields: Partial<Going>, rows = 400): Going {
  const file: PeopleImport['file'] = { sha256: '', sizeBytes: 1, kind: 'text', rows };
  return { state: 'running', file, ...fields };
}

test('nothing is known before a pass began, nor of a dry run that is worth nothing any more', () => {
  expect(progressOf(going({ state: 'mapped' }), T0)).toBeUndefined();
  expect(progressOf(going({ state: 'mapped', dryRun: pass({ rows: 400 }) }), T0)).toBeUndefined();
});

test('a pass that has just begun has neither a pace nor an end', () => {
  expect(progressOf(going({ run: pass() }), T0)).toEqual({ rows: 0, ofRows: 400 });
});

test('the pace is that of late, and the rest of the rows goes on at it', () => {
  const pace = [
    { atMs: T0 + 5 * MINUTE, rows: 100 },
    { atMs: T0 + 6 * MINUTE, rows: 150 },
    { atMs: T0 + 7 * MINUTE, rows: 200 },
  ];
  const run = pass({ rows: 200, pace });
  expect(progressOf(going({ run }), T0 + 7 * MINUTE)).toEqual({
    ...{ rows: 200, ofRows: 400, rowsPerMinute: 50, secondsLeft: 240 },
  });
});

test('the first moment counts from the beginning of the pass', () => {
  const run = pass({ rows: 100, pace: [{ atMs: T0 + MINUTE, rows: 100 }] });
  expect(progressOf(going({ run }), T0 + MINUTE)).toMatchObject({ rowsPerMinute: 100, secondsLeft: 180 });
});

test('nobody knows when one ends that is paused', () => {
  const run = pass({ rows: 100, pace: [{ atMs: T0 + MINUTE, rows: 100 }] });
  const paused = { by: 'own_x', atMs: T0 };
  expect(progressOf(going({ run, paused }), T0)).toEqual({ rows: 100, ofRows: 400, rowsPerMinute: 100 });
});

test('what is over has the pace of all of it, and nothing left', () => {
  const run = pass({ rows: 400, endedAtMs: T0 + 8 * MINUTE, pace: [{ atMs: T0 + 8 * MINUTE, rows: 400 }] });
  expect(progressOf(going({ state: 'finished', run }), T0 + HOUR)).toEqual({
    ...{ rows: 400, ofRows: 400, rowsPerMinute: 50 },
  });
});

test('a rate of 50 in 24 hours lets 400 rows take a week and a day of it', () => {
  const rate = { rows: 50, perHours: 24 };
  expect(progressOf(going({ run: pass(), rate }), T0)?.secondsLeft).toBe((7 * 24 * HOUR) / 1_000);
  const limit = { most: 50, periodMs: 24 * HOUR };
  const waiting = { untilMs: T0 + 24 * HOUR, for: 'rate', limit } as const;
  const run = pass({ rows: 50, pace: [{ atMs: T0 + 1_000, rows: 50 }] });
  const atOnce = progressOf(going({ run, rate, waiting }), T0 + 1_000)?.secondsLeft ?? 0;
  expect(atOnce * 1_000).toBe(7 * 24 * HOUR - 1_000);
});

test('a dry run takes nothing of the rate', () => {
  const rate = { rows: 50, perHours: 24 };
  const dryRun = pass({ rows: 100, pace: [{ atMs: T0 + MINUTE, rows: 100 }] });
  expect(progressOf(going({ state: 'dry_run', dryRun, rate }), T0 + MINUTE)?.secondsLeft).toBe(180);
});

test('a quota of 50 in 24 hours that is waited for lets 400 rows take just as long, whatever the pace in between', () => {
  const limit = { most: 50, periodMs: 24 * HOUR };
  const pace: { atMs: number; rows: number }[] = [];
  for (const day of [0, 1, 2, 6]) {
    const now = T0 + day * 24 * HOUR + 1_000;
    const rows = (day + 1) * 50;
    pace.push({ atMs: now, rows });
    const waiting = {
      untilMs: T0 + (day + 1) * 24 * HOUR,
      for: 'quota',
      target: 'directory',
      limit,
    } as const;
    const left = progressOf(going({ run: pass({ rows, pace }), waiting }), now)?.secondsLeft ?? 0;
    expect(left * 1_000).toBe((7 - day) * 24 * HOUR - 1_000);
  }
});

test('a quota that others use as well lets through what it did of late', () => {
  const limit = { most: 50, periodMs: 24 * HOUR };
  const waiting = { untilMs: T0 + 72 * HOUR, for: 'quota', target: 'directory', limit } as const;
  const pace = [
    { atMs: T0, rows: 25 },
    { atMs: T0 + 48 * HOUR, rows: 75 },
  ];
  const left = progressOf(going({ run: pass({ rows: 75, pace }), waiting }), T0 + 48 * HOUR)?.secondsLeft;
  // 24 hours of waiting, then 325 rows at 25 a day, the first of them at once.
  expect(left).toBe(((24 + 12 * 24) * HOUR) / 1_000);
});
