import { expect, test } from '@jest/globals';
import { possibleActions } from '../../../shared/domain/imports/import-actions.ts';
import { NO_ROWS, type ImportPass } from '../../../shared/domain/imports/people-import.ts';

const paused = { by: 'own_x', atMs: 1 };
const run: ImportPass = {
  ...{ number: 1, startedAtMs: 1, pages: 0, rows: 0, counts: NO_ROWS, countsBefore: NO_ROWS, pace: [] },
};

test('what is paused can go on, and nothing is paused twice', () => {
  expect(possibleActions({ state: 'running', run })).toContain('pause');
  expect(possibleActions({ state: 'running', run })).not.toContain('resume');
  expect(possibleActions({ state: 'running', run, paused })).toContain('resume');
  expect(possibleActions({ state: 'running', run, paused })).not.toContain('pause');
});

test('only what was shown by a dry run can be launched', () => {
  const states = ['uploaded', 'mapped', 'dry_run', 'ready', 'running', 'finished', 'stopped'] as const;
  expect(states.filter((state) => possibleActions({ state }).includes('launch'))).toEqual(['ready']);
});

test('what is over can only give links to those whom it made', () => {
  expect(possibleActions({ state: 'stopped' })).toEqual([]);
  expect(possibleActions({ state: 'stopped', run })).toEqual(['setup-links']);
  expect(possibleActions({ state: 'finished', run })).toEqual(['setup-links']);
});
