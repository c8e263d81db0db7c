import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allSettled } from '../../../shared/domain/case/derive.ts';
import { rejectionOf } from '../../../shared/domain/case/command.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import type { Plan, PlannedStep } from '../../../shared/domain/plan.ts';
import { ownDeparture, type DepartureTemplate } from '../../../shared/domain/planner/departure-procedure.ts';
import { procedureFaults } from '../../../shared/domain/procedure/procedure-faults.ts';
import type { StepKind } from '../../../shared/domain/step-kinds.ts';
import { arbitraryTemplate, MAY_BE_LEFT_OUT } from './arbitrary-template.ts';
import { MOST_TURNS, runPlan, type Run } from './run-plan.ts';
import { DAY, HOUR, NOW, plannedDeparture } from './sample-plan.ts';
import { utcCalendar } from './utc-calendar.ts';

const everything = { access: 'yes', mail: 'yes', files: 'yes', calendars: 'yes', contacts: 'yes' } as const;
const TARGETS = ['directory', 'branch'];

const asked = fc.record({
  offsetDays: fc.integer({ min: -30, max: 200 }),
  leaveTime: fc.constantFrom('00:00', '06:30', '17:30', '23:59'),
  timeZone: fc.constantFrom('Europe/Zurich', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'),
  urgent: fc.boolean(),
  outlivesAccount: fc.boolean(),
  retained: fc.boolean(),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function planOf(template: DepartureTemplate, { offsetDays, outlivesAccount, retained, ...when }: Asked) {
  const dateIn = (days: number): string => new Date(NOW + days * DAY).toISOString().slice(0, 10);
  const procedure = ownDeparture({ name: 'departure@2.1', template });
  return {
    ...when,
    ...{ procedure, targets: TARGETS, lastDay: dateIn(offsetDays) },
    ...(retained ? { retainUntil: dateIn(offsetDays + 500) } : {}),
    leaverNoticeDaysBefore: template.leaverNoticeDaysBefore,
    autoReplyDays: template.autoReplyDays ?? 30,
    redirect: { days: outlivesAccount ? 1_500 : 40, outside: true, outlivesAccount },
    handover: {
      ...{ day: template.handoverDay, accessDays: 20, askRecipient: false },
      targets: Object.fromEntries(TARGETS.map((target) => [target, everything])),
    },
  };
}

/**
 * What is promised of every departure, read from what happened in which order. `late`: kinds that may have come with a
 * newer version, when the account was locked already.
 */
function assertPromises(plan: Plan, { started, progress }: Run, late: readonly StepKind[] = []): void {
  expect(allSettled(progress)).toBe(true);
  const keys = plan.steps.map((step) => step.key);
  expect(new Set(keys).size).toBe(keys.length);
  const of = (step: PlannedStep) => started.find(({ key }) => key === step.key)!;
  const steps = (...kinds: readonly PlannedStep['kind'][]) =>
    plan.steps.filter(({ kind }) => kinds.includes(kind));
  const inOrder = (before: readonly PlannedStep[], after: readonly PlannedStep[]): void => {
    expect(before.length * after.length).toBeGreaterThan(0);
    for (const one of before)
      for (const other of after) expect([one.key, of(one).turn < of(other).turn]).toEqual([one.key, true]);
  };
  const deletions = steps('deleteAccount');
  const [gate] = steps('openPurgeGate');
  for (const target of [undefined, 'branch']) {
    const here = (...kinds: readonly PlannedStep['kind'][]) =>
      steps(...kinds).filter(({ params }) => params['target'] === target);
    const locks = plan.steps.filter(
      ({ kind, locking, params }) => locking === true && params['target'] === target && !late.includes(kind),
    );
    expect(locks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['disableAccount', 'rotatePassword', 'revokeAppPasswords', 'revokeSessions']),
    );
    inOrder(here('takeSnapshot'), locks);
    inOrder(here('disableAccount'), here('revokeAppPasswords', 'revokeOtherCredentials', 'revokeSessions'));
    inOrder(locks, here('proveLockedOut'));
  }
  inOrder(steps('archiveMailbox', 'transferMail', 'transferFiles', 'proveLockedOut').filter(isOfWeeks), [
    gate!,
  ]);
  inOrder([gate!], steps('remindBeforeDeletion', 'archiveNewMail', 'deleteAccount'));
  inOrder(steps('archiveMailbox', 'archiveNewMail', 'remindBeforeDeletion', 'proveLockedOut'), deletions);
  inOrder(deletions, steps('quarantineAddress'));
  for (const deletion of deletions)
    expect(of(deletion).atMs - of(gate!).atMs).toBeGreaterThanOrEqual(14 * DAY);
  const early = started.filter(({ atMs }) => atMs < plan.leaveAtMs).map(({ key }) => key);
  const beforeLeave = ['notify-manager', 'inform-leaver', 'redirect-gate'];
  expect(early.filter((key) => !beforeLeave.includes(key))).toEqual([]);
  for (const notice of steps('notifyManager', 'informLeaver'))
    if (plan.leaveAtMs > NOW) expect(of(notice).atMs).toBeLessThanOrEqual(plan.leaveAtMs);
}

function isOfWeeks({ key }: PlannedStep): boolean {
  return !key.startsWith('prove-before-delete');
}

function isAccepted(template: DepartureTemplate): boolean {
  return procedureFaults(ownDeparture({ name: 'departure@2.1', template }), utcCalendar).length === 0;
}

test('whatever template is accepted, its departures keep every promise to their end', () => {
  let accepted = 0;
  fc.assert(
    fc.property(arbitraryTemplate, asked, fc.integer({ min: 0, max: 40 }), (template, of, approvalDays) => {
      if (!isAccepted(template)) return;
      accepted += 1;
      const { plan } = plannedDeparture(planOf(template, of));
      const opened = openCase({ plan, requestedBy: 'own_hr', onLegalHold: false });
      const run = runPlan(opened, { fromMs: NOW, approvalDays });
      assertPromises(plan, run);
      const gateAtMs = run.started.find(({ key }) => key === 'purge-gate')!.atMs;
      expect(gateAtMs - plan.leaveAtMs).toBeGreaterThanOrEqual(template.purgeDay * DAY - 25 * HOUR);
    }),
    { numRuns: 150 },
  );
  expect(accepted).toBeGreaterThan(10);
});

test('a case that is moved to any other accepted version keeps them too, with everything that was started', () => {
  let moved = 0;
  const versions = fc.array(arbitraryTemplate, { minLength: 10, maxLength: 10 });
  const days = fc.integer({ min: -10, max: 100 });
  fc.assert(
    fc.property(versions, asked, days, (templates, of, movedOnDay) => {
      const [template, next] = templates.filter(isAccepted);
      if (template === undefined || next === undefined) return;
      const input = planOf(template, of);
      const { plan } = plannedDeparture(input);
      const opened = openCase({ plan, requestedBy: 'own_hr', onLegalHold: false });
      const nowMs = Math.max(NOW, plan.leaveAtMs + movedOnDay * DAY);
      const before = runPlan(opened, { fromMs: NOW, untilMs: nowMs, approvalDays: 1 });
      const startedKeys = new Set(before.started.map(({ key }) => key));
      if (startedKeys.has('purge-gate')) return;
      moved += 1;
      const later = plannedDeparture({
        ...{ ...input, procedure: ownDeparture({ name: 'departure@2.2', template: next }) },
        ...{ nowMs, version: 2, previous: { plan, startedKeys, leaveStays: true } },
      });
      expect(rejectionOf(before.progress, { kind: 'reschedule', plan: later.plan })).toBeUndefined();
      const rescheduled = reduce(before.progress, { kind: 'rescheduled', plan: later.plan, atMs: nowMs });
      const after = runPlan(rescheduled, { fromMs: nowMs, approvalDays: 1 });
      const started = [
        ...before.started,
        ...after.started.map((one) => ({ ...one, turn: one.turn + MOST_TURNS })),
      ];
      assertPromises(later.plan, { started, progress: after.progress }, MAY_BE_LEFT_OUT);
    }),
    { numRuns: 40 },
  );
  expect(moved).toBeGreaterThan(12);
});
