import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allSettled } from '../../../shared/domain/case/derive.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { INVESTIGATION_ITEMS, REVOKED_KINDS, type LeaveTemplate } from '../../../shared/domain/leave.ts';
import type { Plan, PlannedStep } from '../../../shared/domain/plan.ts';
import type { OnboardingTemplate } from '../../../shared/domain/planner/onboarding-procedure.ts';
import { planLeave } from '../../../shared/domain/planner/plan-leave.ts';
import { planOnboarding } from '../../../shared/domain/planner/plan-onboarding.ts';
import { planRoleChange } from '../../../shared/domain/planner/plan-role-change.ts';
import type { RoleChangeTemplate } from '../../../shared/domain/planner/role-change-procedure.ts';
import { LEAVE_PROCEDURES } from '../../../shared/domain/procedure/kinds/leave.ts';
import { ONBOARDING_PROCEDURES } from '../../../shared/domain/procedure/kinds/onboarding.ts';
import { ROLE_CHANGE_PROCEDURES } from '../../../shared/domain/procedure/kinds/role-change.ts';
import type { NamedProcedure, ProcedureKind } from '../../../shared/domain/procedure/procedure-kind.ts';
import type { StepKind } from '../../../shared/domain/step-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { runPlan } from './run-plan.ts';
import { DAY, NOW } from './sample-plan.ts';

const TARGETS = ['directory', 'branch'];
const dateIn = (days: number): string => new Date(NOW + days * DAY).toISOString().slice(0, 10);

const days = (max: number) => fc.integer({ min: 0, max });
const time = fc.constantFrom('00:00', '07:45', '12:00', '23:59');
const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: other });
/** Seldom with the last, which must not be left out. */
const without = (...kinds: readonly StepKind[]) =>
  mostly(fc.subarray(kinds.slice(0, -1)), fc.subarray([...kinds]));

const onboardings: fc.Arbitrary<OnboardingTemplate> = fc.record({
  ...{ createDaysBefore: days(20), startTime: time, reminderDaysBefore: days(10), noticeTime: time },
  ...{ followUpDays: days(20), leavesOut: without('remindManager', 'followUp', 'proveUsable') },
});
const roleChanges: fc.Arbitrary<RoleChangeTemplate> = fc.record({
  ...{ changeTime: time, overlapDays: days(30), reminderDaysBefore: days(12), noticeTime: time },
  leavesOut: without('tellManagers', 'remindOldRights', 'addRights'),
});
const leaves: fc.Arbitrary<LeaveTemplate> = fc.record({
  time,
  openReplyDays: fc.integer({ min: 1, max: 400 }),
  investigation: mostly(
    fc.subarray(INVESTIGATION_ITEMS.slice(0, -1)).map((items) => [...items, 'decide' as const]),
    fc.subarray([...INVESTIGATION_ITEMS]),
  ),
  revokes: mostly(
    fc.shuffledSubarray([...REVOKED_KINDS], { minLength: REVOKED_KINDS.length }),
    fc.shuffledSubarray([...REVOKED_KINDS]),
  ),
  leavesOut: without('notifyManager', 'proveDisabled'),
});
const when = fc.record({
  offsetDays: fc.integer({ min: -20, max: 120 }),
  time,
  timeZone: fc.constantFrom('Europe/Zurich', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'),
});
type When = typeof when extends fc.Arbitrary<infer T> ? T : never;

/** The turn in which each step of a plan began, carried out to its end; what people do by hand they do once all else waits. */
function turnsOf(plan: Plan): (step: PlannedStep) => number {
  const turns = new Map<string, number>();
  let progress: CaseProgress = openCase({ plan, requestedBy: 'own_hr', onLegalHold: false });
  let fromMs = NOW;
  for (let part = 0; part < 20 && !allSettled(progress); part += 1) {
    const run = runPlan(progress, { fromMs });
    for (const { key, turn, atMs } of run.started) {
      turns.set(key, part * 10_000 + turn);
      fromMs = Math.max(fromMs, atMs);
    }
    progress = run.progress;
    const byHand = plan.steps.find(
      ({ key, manual, dependsOn }) =>
        manual === true && !turns.has(key) && dependsOn.every((before) => turns.has(before)),
    );
    if (byHand === undefined) continue;
    turns.set(byHand.key, part * 10_000 + 9_999);
    progress = reduce(progress, { kind: 'attested', key: byHand.key, actorId: 'own_it', atMs: fromMs });
  }
  expect(allSettled(progress)).toBe(true);
  return ({ key }) => turns.get(key)!;
}

/** What is done once for all targets. */
const OF_NO_TARGET: readonly StepKind[] = ['giveWelcome', 'investigate', 'endLeave'];

/** On every target each step of the first kinds began before the one of the second. */
function assertOrder(plan: Plan, ...pairs: readonly (readonly [readonly StepKind[], StepKind])[]): void {
  const turnOf = turnsOf(plan);
  for (const [earlier, later] of pairs)
    for (const target of [undefined, 'branch']) {
      const isHere = ({ kind, params }: PlannedStep): boolean =>
        params['target'] === target || OF_NO_TARGET.includes(kind);
      const [one, ...others] = plan.steps.filter((step) => step.kind === later && isHere(step));
      expect([one?.kind, others]).toEqual([later, []]);
      const before = plan.steps.filter((step) => earlier.includes(step.kind) && isHere(step));
      for (const step of before) expect([step.key, turnOf(step) < turnOf(one!)]).toEqual([step.key, true]);
      expect(plan.steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...earlier]));
    }
}

function assertForAll<Template extends object, Procedure extends NamedProcedure>(
  of: ProcedureKind<Procedure>,
  templates: fc.Arbitrary<Template>,
  check: (procedure: Procedure, when: When) => void,
): void {
  let accepted = 0;
  fc.assert(
    fc.property(templates, when, (template, at) => {
      const procedure = of.own({ name: `${of.builtIn[0].name}.1`, template });
      if (of.faults(procedure, localCalendar).length > 0) return;
      accepted += 1;
      check(procedure, at);
    }),
    { numRuns: 150 },
  );
  expect(accepted).toBeGreaterThan(20);
}

test('whatever onboardings go by, each account is made before it opens, and the way in is proven after it was given', () => {
  assertForAll(ONBOARDING_PROCEDURES, onboardings, (procedure, { offsetDays, time: startTime, timeZone }) => {
    const { plan } = planOnboarding(
      {
        ...{ procedure, version: 1, nowMs: NOW, timeZone, firstDay: dateIn(offsetDays), startTime },
        ...{ createDaysBefore: procedure.createDaysBefore, targets: TARGETS },
        ...{ hasMemberships: true, noticePossible: true },
      },
      localCalendar,
    );
    assertOrder(
      plan,
      [['createAccount'], 'activateAccount'],
      [['activateAccount', 'giveWelcome'], 'proveUsable'],
    );
    for (const { kind, due } of plan.steps) {
      if (due.kind !== 'at') throw new Error('an onboarding has instants');
      if (kind === 'activateAccount') expect(due.atMs).toBe(plan.leaveAtMs);
      if (kind === 'remindManager') expect(due.atMs).toBeLessThan(plan.leaveAtMs);
      if (kind === 'followUp') expect(due.atMs - plan.leaveAtMs).toBeGreaterThanOrEqual(DAY - 3_600_000);
    }
  });
});

test('whatever role changes go by, nothing is taken before the new rights are there, and the reminder lies between', () => {
  assertForAll(
    ROLE_CHANGE_PROCEDURES,
    roleChanges,
    (procedure, { offsetDays, time: changeTime, timeZone }) => {
      const { overlapDays } = procedure;
      const { plan, endsAtMs } = planRoleChange(
        {
          ...{ procedure, version: 1, nowMs: NOW, timeZone, date: dateIn(offsetDays), time: changeTime },
          ...{ overlapDays, targets: TARGETS, gives: true, takes: true, noticePossible: true },
        },
        localCalendar,
      );
      assertOrder(plan, [['noteRights', 'addRights'], 'removeOldRights']);
      const reminders = plan.steps.filter(({ kind }) => kind === 'remindOldRights');
      expect(reminders).toHaveLength(procedure.leavesOut.includes('remindOldRights') ? 0 : 1);
      for (const { due } of reminders) {
        const atMs = due.kind === 'at' ? due.atMs : Number.NaN;
        expect([atMs >= plan.leaveAtMs, atMs < endsAtMs]).toEqual([true, true]);
      }
    },
  );
});

test('whatever leaves go by, the lock is proven, and opens after all that locks and every question, which is proven', () => {
  assertForAll(LEAVE_PROCEDURES, leaves, (procedure, { offsetDays, time: leaveTime, timeZone }) => {
    const base = { procedure, version: 1, nowMs: NOW, timeZone, time: leaveTime, targets: TARGETS };
    const common = { ...base, givesAutoReply: true, noticePossible: true };
    const dated = { firstDay: dateIn(offsetDays), returnDay: dateIn(offsetDays + 150) };
    const open = [
      [['takeSnapshot'], 'disableAccount'],
      [['disableAccount', 'revokeSessions', 'proveDisabled'], 'enableAccount'],
      [['disableAccount', 'revokeSessions'], 'proveDisabled'],
      [['enableAccount'], 'proveActive'],
    ] as const;
    assertOrder(planLeave({ ...common, ...dated, reason: 'leave' }, localCalendar).plan, ...open);
    assertOrder(planLeave({ ...common, reason: 'leave' }, localCalendar).plan, ...open);
    assertOrder(
      planLeave({ ...common, reason: 'suspicious' }, localCalendar).plan,
      [['disableAccount', ...REVOKED_KINDS], 'proveLockedOut'],
      [['proveLockedOut', 'investigate', 'endLeave'], 'enableAccount'],
      [['enableAccount'], 'proveActive'],
    );
  });
});
