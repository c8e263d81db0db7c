import { expect, test } from '@jest/globals';
import type { CaseRecord } from '../../../shared/domain/case-record.ts';
import type { CaseEvent } from '../../../shared/domain/case/case-event.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { digestOf } from '../../../shared/domain/digest.ts';
import { DAY, HOUR, NOW, openDeparture } from './sample-plan.ts';

const LEAVE = Date.parse('2026-04-01T15:30:00Z');

/** The case as its list entry shows it after these events. */
function recordAfter(...events: readonly CaseEvent[]): CaseRecord {
  const progress = events.reduce(reduce, openDeparture());
  const record: Pick<CaseRecord, 'id'> = { id: 'cas_1' };
  return { ...record, ...projectionOf(progress) } as CaseRecord;
}

const started = (key: string): CaseEvent => ({ kind: 'stepStarted', key, round: 1, atMs: LEAVE });
const done = (key: string): readonly CaseEvent[] => [
  started(key),
  { kind: 'stepSettled', key, round: 1, atMs: LEAVE, outcome: 'done' },
];
const failed = (key: string): readonly CaseEvent[] => [
  started(key),
  { kind: 'stepFailed', key, round: 1, atMs: LEAVE, errorCode: 'TARGET_REFUSED', called: false },
];

test('says nothing of a case with nothing due within a day', () => {
  expect(digestOf(recordAfter(), NOW)).toEqual([]);
});

test('makes one line of what is due at one instant', () => {
  const entries = digestOf(recordAfter(), LEAVE - 2 * HOUR);
  const due = entries.filter(({ kind }) => kind === 'due');
  expect(due).toEqual([
    { kind: 'due', stepKey: 'take-snapshot', dueAtMs: LEAVE, alsoDue: expect.any(Number) },
  ]);
  expect(entries.filter(({ kind }) => kind === 'late')).toEqual([
    { kind: 'late', stepKey: 'notify-manager', dueAtMs: expect.any(Number), awaits: 'its_turn' },
  ]);
});

test('names a red step with its code, and not again what waits behind it', () => {
  const record = recordAfter(...done('notify-manager'), ...failed('prove-day-0'));
  const entries = digestOf(record, LEAVE + 8 * DAY);
  expect(entries.filter(({ kind }) => kind === 'red')).toEqual([
    { kind: 'red', stepKey: 'prove-day-0', dueAtMs: LEAVE, errorCode: 'TARGET_REFUSED' },
  ]);
  expect(entries.map(({ stepKey }) => stepKey)).not.toContain('prove-day-1');
});

test('is not late within a quarter of an hour', () => {
  const record = recordAfter(...done('notify-manager'));
  const lateAt = (atMs: number) => digestOf(record, atMs).filter(({ kind }) => kind === 'late').length;
  expect(lateAt(LEAVE + 14 * 60_000)).toBe(0);
  expect(lateAt(LEAVE + 15 * 60_000)).toBeGreaterThan(0);
});

test.each<[string, CaseEvent, string]>([
  ['paused', { kind: 'paused', atMs: LEAVE }, 'resumption'],
  ['frozen', { kind: 'frozen', atMs: LEAVE }, 'unfreezing'],
])('says of a %s case what it waits for', (_what, event, awaits) => {
  const record = recordAfter(...done('notify-manager'), ...done('take-snapshot'), event);
  expect(digestOf(record, LEAVE + HOUR)).toContainEqual({
    kind: 'late',
    stepKey: 'disable-account',
    dueAtMs: LEAVE,
    awaits,
  });
});

test('says that the gate waits for its approval', () => {
  const all = openDeparture().plan.steps.map(({ key }) => key);
  const before = all.slice(0, all.indexOf('purge-gate')).flatMap(done);
  const [entry] = digestOf(recordAfter(...before), LEAVE + 91 * DAY);
  expect(entry).toMatchObject({ kind: 'late', stepKey: 'purge-gate', awaits: 'approval' });
});

test('says nothing of a closed case', () => {
  const record = recordAfter(...failed('prove-day-0'), { kind: 'closed', atMs: LEAVE });
  expect(digestOf(record, LEAVE + 8 * DAY)).toEqual([]);
});
