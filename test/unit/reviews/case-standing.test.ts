import { expect, test } from '@jest/globals';
import type { CaseRecord } from '../../../shared/domain/case-record.ts';
import type { CaseEvent } from '../../../shared/domain/case/case-event.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { LEAVE_PROCEDURE } from '../../../shared/domain/leave.ts';
import { planLeave } from '../../../shared/domain/planner/plan-leave.ts';
import { planUndo } from '../../../shared/domain/planner/plan-undo.ts';
import { standingOf } from '../../../shared/domain/reviews/case-standing.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { runPlan } from '../domain/run-plan.ts';
import { NOW, openDeparture, plannedDeparture } from '../domain/sample-plan.ts';

const standing = (progress: CaseProgress) => standingOf(projectionOf(progress) as CaseRecord);
const tell = (progress: CaseProgress, ...events: readonly CaseEvent[]): CaseProgress =>
  events.reduce(reduce, progress);
const settled = (progress: CaseProgress, outcome: 'done' | 'not_applicable', ...keys: readonly string[]) =>
  keys.reduce((current, key) => {
    const news = { key, round: 1, atMs: NOW + 5 };
    return tell(current, { kind: 'stepStarted', ...news }, { kind: 'stepSettled', outcome, ...news });
  }, progress);

const leaveOn = (targets: readonly string[], more: { readonly guardHeld?: boolean } = {}) => {
  const { plan } = planLeave(
    {
      ...{ procedure: LEAVE_PROCEDURE, version: 1, nowMs: NOW, timeZone: 'Europe/Zurich', reason: 'leave' },
      ...{ time: '00:00', targets, givesAutoReply: false, noticePossible: false },
    },
    localCalendar,
  );
  return openCase({ plan, requestedBy: 'own_requester', onLegalHold: false, guardHeld: false, ...more });
};
const BEFORE_THE_PROOF = ['take-snapshot', 'disable-account', 'revoke-sessions'] as const;
const PROVEN = { kind: 'proven', atMs: NOW + 5 };
const UNDER_WAY = { kind: 'under_way' };
const OFF = { kind: 'off' };

test('a leave is proven by the proof of its lock, and by nothing before it', () => {
  const disabled = settled(leaveOn(['directory']), 'done', ...BEFORE_THE_PROOF);
  expect(standing(disabled)).toEqual(UNDER_WAY);
  expect(standing(settled(disabled, 'done', 'prove-disabled'))).toEqual(PROVEN);
});

test('is not proven before every target is', () => {
  const first = settled(leaveOn(['directory', 'branch']), 'done', 'prove-disabled');
  expect(standing(first)).toEqual(UNDER_WAY);
  expect(standing(settled(first, 'done', 'prove-disabled@branch'))).toEqual(PROVEN);
  // There is no account that anybody could sign in to.
  expect(standing(settled(first, 'not_applicable', 'prove-disabled@branch'))).toEqual(PROVEN);
});

test('a departure with a last day to come is not proven before that day', () => {
  const from = openDeparture();
  const { leaveAtMs } = from.plan;
  const until = (untilMs: number) => standing(runPlan(from, { fromMs: NOW, untilMs }).progress);
  expect(until(leaveAtMs - 1)).toEqual(UNDER_WAY);
  expect(until(leaveAtMs)).toEqual({ kind: 'proven', atMs: leaveAtMs });
});

test('is not proven by a proof of the weeks after', () => {
  const from = openDeparture({ urgent: true });
  expect(standing(settled(from, 'done', 'prove-day-1', 'prove-day-7'))).toEqual(UNDER_WAY);
});

test('what the guard holds is not proven', () => {
  expect(standing(leaveOn(['directory'], { guardHeld: true }))).toEqual(UNDER_WAY);
});

test('a case that failed at its lock is under way until somebody helps', () => {
  const news = { key: 'prove-disabled', round: 1, atMs: NOW };
  const failed = tell(
    leaveOn(['directory']),
    { kind: 'stepStarted', ...news },
    { kind: 'stepFailed', errorCode: 'READ_BACK_MISMATCH', called: true, ...news },
  );
  expect(standing(failed)).toEqual(UNDER_WAY);
});

test('a lock whose proof two people left out is never proven, however long the case lasts', () => {
  const skip = (actorId: string): CaseEvent => ({
    ...{ kind: 'skipAsked', key: 'prove-disabled', actorId, atMs: NOW },
  });
  const once = tell(leaveOn(['directory']), skip('own_one'));
  expect(standing(once)).toEqual(UNDER_WAY);
  const twice = tell(once, skip('own_two'));
  expect(standing(twice)).toEqual(OFF);
  expect(standing(tell(twice, { kind: 'closed', atMs: NOW }))).toEqual(OFF);
});

test('a case that was called off before its lock came to nothing; after it the lock is still there', () => {
  const off: readonly CaseEvent[] = [
    { kind: 'cancelled', atMs: NOW + 9 },
    { kind: 'closed', atMs: NOW + 9 },
  ];
  expect(standing(tell(leaveOn(['directory']), ...off))).toEqual(OFF);
  const locked = settled(leaveOn(['directory']), 'done', ...BEFORE_THE_PROOF, 'prove-disabled');
  expect(standing(tell(locked, ...off))).toEqual(PROVEN);
});

test('a lock that is being given back is none', () => {
  const { plan } = plannedDeparture({ urgent: true });
  const locked = runPlan(openDeparture({ urgent: true }), { fromMs: NOW, untilMs: NOW }).progress;
  expect(standing(locked)).toMatchObject({ kind: 'proven' });
  const started = new Set(plan.steps.map(({ key }) => key));
  const back = tell(locked, {
    kind: 'undoAsked',
    plan: planUndo({ plan, startedKeys: started, nowMs: NOW }),
    atMs: NOW,
  });
  expect(standing(back)).toEqual(UNDER_WAY);
  expect(standing(tell(back, { kind: 'closed', atMs: NOW }))).toEqual(OFF);
});

test('a case that was completed is proven, whatever it is made of', () => {
  const opened = settled(leaveOn([]), 'done');
  expect(standing(tell(opened, { kind: 'closed', atMs: NOW + 7 }))).toEqual({
    kind: 'proven',
    atMs: NOW + 7,
  });
});
