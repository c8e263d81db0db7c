import { expect, test } from '@jest/globals';
import { isAtRest } from '../../../shared/domain/case/at-rest.ts';
import type { CaseEvent } from '../../../shared/domain/case/case-event.ts';
import { nextWork } from '../../../shared/domain/case/next-work.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { DAY, NOW, NUMBERS, openDeparture, plannedDeparture } from './sample-plan.ts';

const rests = (progress: CaseProgress, nowMs = NOW, onLegalHold = false): boolean => {
  const { requestedBy } = progress;
  return isAtRest({ ...projectionOf(progress), requestedBy }, onLegalHold, nowMs);
};
const urgent = openDeparture({ urgent: true });
const tell = (progress: CaseProgress, ...events: readonly CaseEvent[]): CaseProgress =>
  events.reduce(reduce, progress);
const of = (key: string) => ({ key, round: 1, atMs: NOW });

/** Carries out what is due now; the step named ends as it is told. */
function carriedOut(progress: CaseProgress, ending?: CaseEvent): CaseProgress {
  let current = progress;
  for (;;) {
    const { start } = nextWork(current, NOW, NUMBERS);
    if (start.length === 0) return current;
    for (const { key } of start) {
      current = tell(current, { kind: 'stepStarted', ...of(key) });
      if (ending !== undefined && 'key' in ending && ending.key === key) current = reduce(current, ending);
      else current = tell(current, { kind: 'stepSettled', outcome: 'done', ...of(key) });
    }
  }
}

test('rests while nothing is due, and not before it has spoken of itself', () => {
  expect(rests(openDeparture())).toBe(true);
  expect(rests({ ...openDeparture(), sequence: 0 })).toBe(false);
  expect(rests(openDeparture(), NOW + 60 * DAY)).toBe(false);
});

test('rests only when everything that is due is settled, also what waits for the step before it', () => {
  expect(rests(urgent)).toBe(false);
  const started = tell(urgent, { kind: 'stepStarted', ...of('take-snapshot') });
  expect(rests(started)).toBe(false);
  expect(rests(tell(started, { kind: 'stepSettled', outcome: 'done', ...of('take-snapshot') }))).toBe(false);
  expect(rests(carriedOut(urgent))).toBe(true);
});

test('rests with a step that failed or is being retried, as only time or a person helps', () => {
  const failure = { errorCode: 'TARGET_UNAVAILABLE', ...of('disable-account') };
  expect(rests(carriedOut(urgent, { kind: 'stepFailed', called: false, ...failure }))).toBe(true);
  expect(rests(carriedOut(urgent, { kind: 'stepRetrying', ...failure }))).toBe(true);
});

test.each<[string, CaseEvent]>([
  ['paused', { kind: 'paused', atMs: NOW }],
  ['closed', { kind: 'closed', atMs: NOW }],
])('rests when it is %s, whatever is due', (_what, event) => {
  expect(rests(reduce(urgent, event))).toBe(true);
});

test('rests when the guard holds it', () => {
  const { plan } = plannedDeparture({ urgent: true });
  expect(rests(openCase({ plan, requestedBy: 'own_a', onLegalHold: false, guardHeld: true }))).toBe(true);
});

test('rests at a gate that waits for its approval, and at an approved one while the person is on hold', () => {
  let current = carriedOut(openDeparture());
  let nowMs = NOW;
  while (nextWork(current, nowMs, NUMBERS).awaitApproval === undefined) {
    const { start, wakeAtMs } = nextWork(current, nowMs, NUMBERS);
    for (const { key } of start)
      current = tell(
        current,
        { kind: 'stepStarted', ...of(key) },
        { kind: 'stepSettled', outcome: 'done', ...of(key) },
      );
    if (start.length === 0) nowMs = wakeAtMs ?? nowMs;
  }
  expect(rests(current, nowMs)).toBe(true);
  const approved = reduce(current, { kind: 'approved', key: 'purge-gate', actorId: 'own_b', atMs: nowMs });
  expect(rests(approved, nowMs)).toBe(false);
  expect(rests(approved, nowMs, true)).toBe(true);
});
