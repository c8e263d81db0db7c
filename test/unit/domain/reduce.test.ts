import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSettled } from '../../../shared/domain/case-states.ts';
import { rejectionOf } from '../../../shared/domain/case/command.ts';
import { allSettled, caseStateOf, needsAttention } from '../../../shared/domain/case/derive.ts';
import { nextWork } from '../../../shared/domain/case/next-work.ts';
import { dueAtMsOf } from '../../../shared/domain/case/wanted-steps.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { isPurgeGate } from '../../../shared/domain/plan.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { caseEvent } from './case-events.ts';
import { DAY, NOW, NUMBERS, openDeparture } from './sample-plan.ts';

const roundOf = (progress: CaseProgress, key: string): number => progress.steps[key]?.round ?? 0;
const start = (progress: CaseProgress, key: string, atMs: number): CaseProgress =>
  reduce(progress, { kind: 'stepStarted', key, round: roundOf(progress, key), atMs });
const settle = (progress: CaseProgress, key: string, atMs: number): CaseProgress =>
  reduce(start(progress, key, atMs), {
    kind: 'stepSettled',
    key,
    round: roundOf(progress, key),
    atMs,
    outcome: 'done',
  });
const fail = (progress: CaseProgress, key: string, errorCode: string, called = false): CaseProgress =>
  reduce(start(progress, key, NOW), {
    kind: 'stepFailed',
    key,
    round: roundOf(progress, key),
    atMs: NOW,
    errorCode,
    called,
  });

test('what was deleted on one target is not forgotten when another refuses', () => {
  const open = start(openDeparture({ targets: ['directory', 'branch'] }), 'delete-account', NOW);
  const refused = fail(open, 'delete-account@branch', 'TARGET_REFUSED');
  expect(refused.pointOfNoReturnAtMs).toBe(NOW);
  expect(fail(refused, 'delete-account', 'TARGET_REFUSED').pointOfNoReturnAtMs).toBeUndefined();
  const called = fail(open, 'delete-account', 'READ_BACK_MISMATCH', true);
  expect(fail(called, 'delete-account@branch', 'TARGET_REFUSED').pointOfNoReturnAtMs).toBe(NOW);
});

/** Carries out whatever is due until the instant, approving the gate on the way. */
function carryOutUntil(progress: CaseProgress, untilMs: number): CaseProgress {
  let current = reduce(progress, { kind: 'approved', key: 'purge-gate', actorId: 'own_other', atMs: NOW });
  let nowMs = NOW;
  for (;;) {
    const work = nextWork(current, nowMs, NUMBERS);
    if (work.start.length > 0) for (const step of work.start) current = settle(current, step.key, nowMs);
    else if (work.wakeAtMs === undefined || work.wakeAtMs > untilMs) return current;
    else nowMs = work.wakeAtMs;
  }
}

describe('a case', () => {
  test('is completed only when every step is settled', () => {
    const done = carryOutUntil(openDeparture(), NOW + 400 * DAY);
    expect(allSettled(done)).toBe(true);
    expect(caseStateOf(reduce(done, { kind: 'closed', atMs: NOW }))).toBe('completed');
  });

  test('asks for the approval at the gate and starts nothing behind it without one', () => {
    let current = openDeparture();
    let nowMs = NOW;
    for (let guard = 0; guard < 200; guard += 1) {
      const work = nextWork(current, nowMs, NUMBERS);
      if (work.awaitApproval !== undefined) break;
      if (work.start.length > 0) for (const step of work.start) current = settle(current, step.key, nowMs);
      else nowMs = work.wakeAtMs ?? nowMs;
    }
    expect(nextWork(current, nowMs, NUMBERS).awaitApproval).toBe('purge-gate');
    expect(current.steps['delete-account']?.status).toBe('waiting');
    current = reduce(current, { kind: 'approvalAwaited', key: 'purge-gate', atMs: nowMs });
    expect(nextWork(current, nowMs, NUMBERS).notify).toEqual(['approval']);
    for (let day = 0; day < 3; day += 1)
      current = reduce(current, { kind: 'noticeSent', notice: 'approval', atMs: nowMs + day * DAY });
    expect(nextWork(current, nowMs + 3 * DAY, NUMBERS).notify).toEqual(['escalation']);
  });

  test('refuses the approval of whoever asked for the case', () => {
    const command = { kind: 'approve', stepKey: 'purge-gate', actorId: 'own_requester' } as const;
    expect(rejectionOf(openDeparture(), command)).toBe('APPROVER_IS_REQUESTER');
    expect(rejectionOf(openDeparture(), { ...command, actorId: 'own_other' })).toBeUndefined();
  });

  test('starts the grace anew when a hold was placed in it', () => {
    const inGrace = carryOutUntil(openDeparture(), Date.parse('2026-07-20T00:00:00Z'));
    expect(caseStateOf(inGrace)).toBe('grace');
    const held = reduce(inGrace, { kind: 'holdPlaced', atMs: NOW });
    expect(held.steps['purge-gate']).toMatchObject({ status: 'waiting', round: 2, approvedBy: 'own_other' });
    expect(held.steps['remind-14']).toMatchObject({ status: 'waiting', round: 2 });
    expect(nextWork(held, NOW + 900 * DAY, NUMBERS).start).toEqual([]);
    const lifted = reduce(held, { kind: 'holdLifted', atMs: NOW });
    expect(nextWork(lifted, NOW + 900 * DAY, NUMBERS).start.map((step) => step.key)).toEqual(['purge-gate']);
  });

  test('quarantines the address of what is deleted also under a hold: there is nothing left to be kept', () => {
    const gone = settle(
      carryOutUntil(openDeparture(), Date.parse('2026-07-20T00:00:00Z')),
      'delete-account',
      NOW,
    );
    const held = reduce(gone, { kind: 'holdPlaced', atMs: NOW });
    const { start: started } = nextWork(held, NOW + 900 * DAY, NUMBERS);
    expect(started.map((step) => step.key)).toContain('quarantine-address');
    expect(started.some((step) => step.destructive || isPurgeGate(step))).toBe(false);
  });

  test('applies the lock again when a proof that found drift is retried', () => {
    const running = carryOutUntil(openDeparture(), Date.parse('2026-04-03T00:00:00Z'));
    const drifted = fail(running, 'prove-day-7', 'LOCKOUT_DRIFTED');
    const retried = reduce(drifted, { kind: 'retried', key: 'prove-day-7', atMs: NOW });
    expect(retried.steps['disable-account']).toMatchObject({ status: 'waiting', round: 2, tried: false });
    const due = Date.parse('2026-04-10T00:00:00Z');
    expect(nextWork(retried, due, NUMBERS).start.map((step) => step.key)).toEqual(['disable-account']);
  });

  test('takes two people to skip an essential step, one for another', () => {
    const skip = (progress: CaseProgress, key: string, actorId: string): CaseProgress =>
      reduce(progress, { kind: 'skipAsked', key, actorId, atMs: NOW });
    const once = skip(openDeparture(), 'rotate-password', 'own_a');
    expect(once.steps['rotate-password']?.status).toBe('waiting');
    expect(rejectionOf(once, { kind: 'skip', stepKey: 'rotate-password', actorId: 'own_a' })).toBe(
      'SECOND_PERSON_NEEDED',
    );
    expect(skip(once, 'rotate-password', 'own_b').steps['rotate-password']).toMatchObject({
      status: 'skipped',
      skippedBy: ['own_a', 'own_b'],
    });
    expect(skip(openDeparture(), 'notify-manager', 'own_a').steps['notify-manager']?.status).toBe('skipped');
  });

  test('lets nobody skip what guards the deletion', () => {
    for (const stepKey of ['purge-gate', 'delete-account', 'quarantine-address']) {
      expect(rejectionOf(openDeparture(), { kind: 'skip', stepKey, actorId: 'own_a' })).toBe(
        'STEP_NOT_SKIPPABLE',
      );
    }
  });

  test('cannot be cancelled once a deletion may have been called, and can when it was not', () => {
    const inGrace = carryOutUntil(openDeparture(), Date.parse('2026-07-20T00:00:00Z'));
    expect(rejectionOf(start(inGrace, 'delete-account', NOW), { kind: 'cancel', keep: true })).toBe(
      'POINT_OF_NO_RETURN',
    );
    expect(
      rejectionOf(fail(inGrace, 'delete-account', 'TARGET_UNAVAILABLE', true), {
        kind: 'cancel',
        keep: true,
      }),
    ).toBe('POINT_OF_NO_RETURN');
    expect(
      rejectionOf(fail(inGrace, 'delete-account', 'ARCHIVE_INVALID', false), { kind: 'cancel', keep: true }),
    ).toBeUndefined();
  });

  test('refuses a plan that moves what was carried out, or that is not the next one', () => {
    const started = carryOutUntil(openDeparture(), Date.parse('2026-04-01T20:00:00Z'));
    const moved = openDeparture({ version: 2, lastDay: '2026-05-01' }).plan;
    expect(rejectionOf(started, { kind: 'reschedule', plan: moved })).toBe('PLAN_MOVES_EXECUTED_STEP');
    expect(rejectionOf(openDeparture(), { kind: 'reschedule', plan: { ...moved, version: 3 } })).toBe(
      'PLAN_OUTDATED',
    );
    expect(rejectionOf(openDeparture(), { kind: 'reschedule', plan: moved })).toBeUndefined();
  });

  test('ignores news of an older round and of a step that is not in flight', () => {
    const progress = openDeparture();
    expect(
      reduce(progress, { kind: 'stepSettled', key: 'disable-account', round: 1, atMs: NOW, outcome: 'done' }),
    ).toBe(progress);
    const running = start(progress, 'disable-account', NOW);
    expect(
      reduce(running, { kind: 'stepSettled', key: 'disable-account', round: 0, atMs: NOW, outcome: 'done' }),
    ).toBe(running);
  });
});

describe('whatever happens to a case', () => {
  test('its invariants hold', () => {
    fc.assert(
      fc.property(fc.array(caseEvent, { maxLength: 120 }), (events) => {
        let progress = openDeparture();
        let atMs = NOW;
        for (const make of events) {
          atMs += DAY;
          const before = progress;
          progress = reduce(progress, make(atMs));
          expect(JSON.parse(JSON.stringify(progress))).toEqual(progress);
          expect(progress.sequence).toBe(progress === before ? before.sequence : before.sequence + 1);
          expect(progress.attention !== undefined).toBe(needsAttention(progress));
          for (const planned of progress.plan.steps) {
            const was = before.steps[planned.key];
            const is = progress.steps[planned.key];
            const undone =
              was !== undefined && isSettled(was.status) && is !== undefined && !isSettled(is.status);
            if (undone) expect(is.round).toBe(was.round + 1);
          }
          const work = nextWork(progress, atMs, NUMBERS);
          for (const step of work.start) {
            expect(progress.paused).toBe(false);
            expect(progress.onLegalHold && (step.destructive || isPurgeGate(step))).toBe(false);
            expect(progress.frozen === true && (step.destructive || step.locking === true)).toBe(false);
            expect(dueAtMsOf(progress, step)).toBeLessThanOrEqual(atMs);
            for (const key of step.dependsOn)
              expect(isSettled(progress.steps[key]?.status ?? 'waiting')).toBe(true);
          }
          if (work.wakeAtMs !== undefined) expect(work.wakeAtMs).toBeGreaterThan(atMs);
        }
      }),
      { numRuns: 400 },
    );
  });
});
