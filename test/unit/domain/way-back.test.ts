import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSettled } from '../../../shared/domain/case-states.ts';
import { rejectionOf } from '../../../shared/domain/case/command.ts';
import { allSettled, caseStateOf, needsAttention } from '../../../shared/domain/case/derive.ts';
import { nextWork } from '../../../shared/domain/case/next-work.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { isInFlight } from '../../../shared/domain/case/wanted-steps.ts';
import { isOfUndo, type Plan } from '../../../shared/domain/plan.ts';
import { planUndo } from '../../../shared/domain/planner/plan-undo.ts';
import { UNDONE_BY } from '../../../shared/domain/step-kinds.ts';
import { caseEvent } from './case-events.ts';
import { DAY, NOW, NUMBERS, openDeparture } from './sample-plan.ts';

const LATE = NOW + 300 * DAY;

function startedKeysOf(progress: CaseProgress): ReadonlySet<string> {
  const started = Object.entries(progress.steps).filter(
    ([, step]) => step.startedAtMs !== undefined || step.tried,
  );
  return new Set(started.map(([key]) => key));
}

function wayBackOf(progress: CaseProgress, nowMs = LATE): Plan {
  return planUndo({ plan: progress.plan, startedKeys: startedKeysOf(progress), nowMs });
}

/** Carries out whatever may be carried out, until nothing is left or `most` rounds are over. */
function carryOut(progress: CaseProgress, atMs: number, most = 200): CaseProgress {
  let now = progress;
  for (let round = 0; round < most; round++) {
    const work = nextWork(now, atMs, NUMBERS);
    if (work.start.length === 0) return now;
    for (const { key } of work.start) {
      const news = { key, round: now.steps[key]!.round, atMs };
      now = reduce(now, { kind: 'stepStarted', ...news });
      now = reduce(now, { kind: 'stepSettled', ...news, outcome: 'done' });
    }
  }
  return now;
}

const lockedOut = (): CaseProgress => carryOut(openDeparture(), Date.parse('2026-04-01T20:00:00Z'));

describe('the way back', () => {
  test('puts back what was done, newest first, and leaves the rest of the plan', () => {
    const locked = lockedOut();
    const plan = wayBackOf(locked);
    expect(plan.version).toBe(locked.plan.version + 1);
    expect(plan.steps.filter(isOfUndo).flatMap((step) => step.undoes ?? [])).toEqual([
      'reassign-references',
      'start-auto-reply',
      'remove-memberships',
      'drop-administrator-role',
      'remove-own-rules',
      'switch-off-protocols',
      'disable-account',
      'take-snapshot',
    ]);
    expect(plan.steps.some((step) => step.key === 'delete-account')).toBe(false);
    expect(rejectionOf(locked, { kind: 'undo', plan })).toBeUndefined();

    const back = carryOut(reduce(locked, { kind: 'undoAsked', plan, atMs: LATE }), LATE);
    expect(allSettled(back)).toBe(true);
    expect(caseStateOf(reduce(back, { kind: 'closed', atMs: LATE }))).toBe('undone');
  });

  test('is refused when it forgets something, a second time, and after the first delete call', () => {
    const locked = lockedOut();
    const plan = wayBackOf(locked);
    const forgetful = { ...plan, steps: plan.steps.filter((step) => step.undoes !== 'disable-account') };
    expect(rejectionOf(locked, { kind: 'undo', plan: forgetful })).toBe('PLAN_OUTDATED');
    const withoutHistory = { ...plan, steps: plan.steps.filter(isOfUndo) };
    expect(rejectionOf(locked, { kind: 'undo', plan: withoutHistory })).toBe('PLAN_OUTDATED');

    const undoing = reduce(locked, { kind: 'undoAsked', plan, atMs: LATE });
    expect(rejectionOf(undoing, { kind: 'undo', plan: wayBackOf(undoing) })).toBe('ALREADY_UNDOING');
    expect(rejectionOf(undoing, { kind: 'reschedule', plan: openDeparture().plan })).toBe('ALREADY_UNDOING');
    const past = { ...locked, pointOfNoReturnAtMs: LATE };
    expect(rejectionOf(past, { kind: 'undo', plan })).toBe('POINT_OF_NO_RETURN');
    expect(rejectionOf(past, { kind: 'cancel', keep: true })).toBe('POINT_OF_NO_RETURN');
  });

  test('is what a cancellation needs once something was changed', () => {
    expect(rejectionOf(openDeparture(), { kind: 'cancel', keep: false })).toBeUndefined();
    expect(rejectionOf(lockedOut(), { kind: 'cancel', keep: false })).toBe('UNDO_NEEDED');
    expect(rejectionOf(lockedOut(), { kind: 'cancel', keep: true })).toBeUndefined();
  });

  test('never meets the way out, whatever happened before', () => {
    fc.assert(
      fc.property(
        fc.array(caseEvent, { maxLength: 60 }),
        fc.array(caseEvent, { maxLength: 60 }),
        (before, after) => {
          let atMs = NOW;
          let progress = openDeparture();
          for (const make of before) progress = reduce(progress, make((atMs += DAY)));
          const plan = wayBackOf(progress, atMs);
          fc.pre(rejectionOf(progress, { kind: 'undo', plan }) === undefined);
          progress = reduce(progress, { kind: 'undoAsked', plan, atMs });
          for (const make of after) {
            progress = reduce(progress, make((atMs += DAY)));
            const work = nextWork(progress, atMs, NUMBERS);
            const wayOut = progress.plan.steps.filter((step) => !isOfUndo(step));
            expect(work.start.every(isOfUndo)).toBe(true);
            if (wayOut.some((step) => isInFlight(progress.steps[step.key]!))) expect(work.start).toEqual([]);
            expect(progress.attention !== undefined).toBe(needsAttention(progress));
          }
          const undone = new Set(progress.plan.steps.map((step) => step.undoes));
          for (const step of progress.plan.steps)
            if (!isOfUndo(step) && UNDONE_BY[step.kind] !== undefined) expect(undone).toContain(step.key);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a case over the limit', () => {
  test('does nothing until somebody else releases it', () => {
    const { plan } = openDeparture();
    const held = openCase({ plan, requestedBy: 'own_requester', onLegalHold: false, guardHeld: true });
    expect(caseStateOf(held)).toBe('guard_held');
    expect(nextWork(held, LATE, NUMBERS)).toEqual({ start: [], flag: [], notify: ['guard'] });
    expect(rejectionOf(held, { kind: 'release', actorId: 'own_requester' })).toBe('RELEASER_IS_REQUESTER');
    expect(rejectionOf(held, { kind: 'release', actorId: 'own_other' })).toBeUndefined();
    const released = reduce(held, { kind: 'released', atMs: LATE });
    expect(nextWork(released, LATE, NUMBERS).start.length).toBeGreaterThan(0);
    expect(rejectionOf(released, { kind: 'release', actorId: 'own_other' })).toBe('NOT_GUARD_HELD');
  });
});

describe('a checklist item', () => {
  const withItem = (): CaseProgress => {
    const { plan } = openDeparture();
    const steps = plan.steps.map((step) =>
      step.key === 'archive-mailbox' ? { ...step, manual: true as const } : step,
    );
    return openCase({ plan: { ...plan, steps }, requestedBy: 'own_requester', onLegalHold: false });
  };

  test('is never carried out, is asked for when it is due, and lets the gate wait', () => {
    const locked = carryOut(withItem(), LATE);
    expect(locked.steps['archive-mailbox']?.status).toBe('waiting');
    expect(isSettled(locked.steps['purge-gate']?.status ?? 'waiting')).toBe(false);
    expect(nextWork(locked, LATE, NUMBERS).awaitChecklist).toBe(true);

    const awaited = reduce(locked, { kind: 'checklistAwaited', atMs: LATE });
    expect(nextWork(awaited, LATE, NUMBERS)).toMatchObject({ notify: ['checklist'] });
    const reminded = reduce(awaited, { kind: 'noticeSent', notice: 'checklist', atMs: LATE });
    expect(nextWork(reminded, LATE, NUMBERS).notify).toEqual([]);
    expect(nextWork(reminded, LATE + DAY, NUMBERS).notify).toEqual(['checklist']);

    expect(rejectionOf(reminded, { kind: 'attest', stepKey: 'take-snapshot' })).toBe('STEP_NOT_MANUAL');
    const attested = reduce(reminded, {
      ...{ kind: 'attested', key: 'archive-mailbox', actorId: 'own_it', atMs: LATE },
    });
    expect(attested.steps['archive-mailbox']).toMatchObject({ status: 'attested', attestedBy: 'own_it' });
    expect(attested.checklist).toBeUndefined();
    expect(rejectionOf(attested, { kind: 'attest', stepKey: 'archive-mailbox' })).toBe(
      'STEP_ALREADY_SETTLED',
    );
  });

  test('wakes the case at its instant', () => {
    const locked = carryOut(withItem(), Date.parse('2026-05-20T20:00:00Z'));
    const due = locked.plan.steps.find((step) => step.key === 'archive-mailbox')?.due;
    expect(due?.kind === 'at' && nextWork(locked, Date.parse('2026-05-20T20:00:00Z'), NUMBERS).wakeAtMs).toBe(
      due?.kind === 'at' && due.atMs,
    );
  });
});

describe('a frozen organisation', () => {
  test('parks what takes something away, and nothing else', () => {
    const leaveAtMs = Date.parse('2026-04-01T16:00:00Z');
    const frozen = reduce(openDeparture(), { kind: 'frozen', atMs: NOW });
    const started = nextWork(carryOut(frozen, leaveAtMs), leaveAtMs, NUMBERS).start;
    expect(started).toEqual([]);
    expect(carryOut(frozen, leaveAtMs).steps['take-snapshot']?.status).toBe('done');
    expect(carryOut(frozen, leaveAtMs).steps['disable-account']?.status).toBe('waiting');
    const thawed = reduce(carryOut(frozen, leaveAtMs), { kind: 'unfrozen', atMs: leaveAtMs });
    expect(carryOut(thawed, leaveAtMs).steps['prove-day-0']?.status).toBe('done');
  });
});
