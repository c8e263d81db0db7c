import { expect, test } from '@jest/globals';
import type { Plan } from '../../../shared/domain/plan.ts';
import { DAY, NOW, plannedDeparture } from './sample-plan.ts';

const stepOf = (plan: Plan, key: string) => plan.steps.find((step) => step.key === key);
const isoOf = (plan: Plan, key: string): string | undefined => {
  const due = stepOf(plan, key)?.due;
  return due?.kind === 'at' ? new Date(due.atMs).toISOString().slice(0, 16) : undefined;
};
const keysOf = (plan: Plan): readonly string[] => plan.steps.map((step) => step.key);

test('informs the leaver on the asked day, and closes the window at the leave instant', () => {
  const { plan, warnings } = plannedDeparture({ leaverNoticeDaysBefore: 10 });
  expect(warnings).toEqual([]);
  expect(isoOf(plan, 'inform-leaver')).toBe('2026-03-22T08:00');
  expect(isoOf(plan, 'close-leaver-window')).toBe('2026-04-01T15:30');
  expect(stepOf(plan, 'close-leaver-window')?.follows).toEqual(['inform-leaver']);
});

test('informs nobody who was not to be informed', () => {
  expect(keysOf(plannedDeparture().plan).filter((key) => key.includes('leaver'))).toEqual([]);
});

test('never holds the lock up: no step of day 0 waits for the leaver', () => {
  const { plan } = plannedDeparture({ leaverNoticeDaysBefore: 10 });
  const waiting = plan.steps.filter(({ dependsOn, follows }) =>
    [...dependsOn, ...follows].some((key) => key === 'inform-leaver' || key === 'close-leaver-window'),
  );
  expect(waiting.map(({ key }) => key)).toEqual(['close-leaver-window', 'purge-gate']);
});

test('informs at once when the asked day is past, with a warning', () => {
  const { plan, warnings } = plannedDeparture({ leaverNoticeDaysBefore: 60 });
  expect(warnings).toEqual(['NOTICE_AT_ONCE']);
  expect(isoOf(plan, 'inform-leaver')).toBe('2026-03-02T08:00');
});

test('warns that a leaver who is locked out at once is not informed', () => {
  const { plan, warnings } = plannedDeparture({ leaverNoticeDaysBefore: 10, lastDay: '2026-02-20' });
  expect(warnings).toEqual(['LAST_DAY_PAST', 'LEAVER_NOT_INFORMED']);
  expect(keysOf(plan).filter((key) => key.includes('leaver'))).toEqual([]);
});

test('tells of the new day when it is moved, and closes the window then', () => {
  const previous = {
    plan: plannedDeparture({ leaverNoticeDaysBefore: 10 }).plan,
    startedKeys: new Set(['inform-leaver']),
  };
  const { plan } = plannedDeparture({
    ...{ version: 2, nowMs: NOW + 25 * DAY, lastDay: '2026-05-01', leaverNoticeDaysBefore: 10, previous },
  });
  expect(isoOf(plan, 'inform-leaver')).toBe('2026-03-22T08:00');
  expect(isoOf(plan, 'inform-leaver-2')).toBe('2026-04-21T07:00');
  expect(isoOf(plan, 'close-leaver-window')).toBe('2026-05-01T15:30');
});

test('closes the window now when an informed leaver is locked out at once', () => {
  const previous = {
    plan: plannedDeparture({ leaverNoticeDaysBefore: 10 }).plan,
    startedKeys: new Set(['inform-leaver']),
  };
  const nowMs = NOW + 25 * DAY;
  const { plan } = plannedDeparture({
    ...{ version: 2, nowMs, urgent: true, leaverNoticeDaysBefore: 10, previous },
  });
  expect(keysOf(plan).filter((key) => key.includes('leaver'))).toEqual([
    'inform-leaver',
    'close-leaver-window',
  ]);
  expect(stepOf(plan, 'close-leaver-window')?.due).toEqual({ kind: 'at', atMs: nowMs });
});
