import { describe, expect, test } from '@jest/globals';
import { PROCEDURE_FAULTS } from '../../../shared/errors/procedure-faults.ts';
import { CASE_KINDS } from '../../../shared/domain/case-states.ts';
import { LEAVE_PROCEDURE, REVOKED_KINDS, type LeaveTemplate } from '../../../shared/domain/leave.ts';
import type { Plan, PlannedStep } from '../../../shared/domain/plan.ts';
import {
  ONBOARDING_PROCEDURE,
  type OnboardingTemplate,
} from '../../../shared/domain/planner/onboarding-procedure.ts';
import {
  ROLE_CHANGE_PROCEDURE,
  type RoleChangeTemplate,
} from '../../../shared/domain/planner/role-change-procedure.ts';
import { brokenRules } from '../../../shared/domain/procedure/judged-plans.ts';
import { LEAVE_RULES, leaveFaults } from '../../../shared/domain/procedure/leave-faults.ts';
import { ONBOARDING_RULES, onboardingFaults } from '../../../shared/domain/procedure/onboarding-faults.ts';
import type { ProcedureFault } from '../../../shared/domain/procedure/procedure-fault.ts';
import { newestBuiltIn } from '../../../shared/domain/procedure/procedure-kind.ts';
import { procedureKind } from '../../../shared/domain/procedure/procedure-kinds.ts';
import { ROLE_CHANGE_RULES, roleChangeFaults } from '../../../shared/domain/procedure/role-change-faults.ts';
import { sampleLeave, SUSPICIOUS } from '../../../shared/domain/procedure/sample-leave.ts';
import { sampleOnboarding } from '../../../shared/domain/procedure/sample-onboarding.ts';
import { sampleRoleChange } from '../../../shared/domain/procedure/sample-role-change.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import {
  REFUSED_DEPARTURES,
  REFUSED_LEAVES,
  REFUSED_ONBOARDINGS,
  REFUSED_ROLE_CHANGES,
} from './refused-templates.ts';

const namesOf = (faults: readonly ProcedureFault[]) => faults.map(({ code, field }) => `${code} ${field}`);
const onboarding = (changes: Partial<OnboardingTemplate>) =>
  namesOf(onboardingFaults({ ...ONBOARDING_PROCEDURE, ...changes }, localCalendar));
const roleChange = (changes: Partial<RoleChangeTemplate>) =>
  namesOf(roleChangeFaults({ ...ROLE_CHANGE_PROCEDURE, ...changes }, localCalendar));
const leave = (changes: Partial<LeaveTemplate>) =>
  namesOf(leaveFaults({ ...LEAVE_PROCEDURE, ...changes }, localCalendar));
const refused = (code: string, fields: readonly string[]) =>
  fields.map((field) => `PROCEDURE_${code} ${field}`);

test.each(CASE_KINDS)('the newest version of %s that ships is accepted', (kind) => {
  const of = procedureKind(kind);
  expect(of.faults(newestBuiltIn(of), localCalendar)).toEqual([]);
});

describe('of an onboarding', () => {
  test.each<Partial<OnboardingTemplate>>([
    { createDaysBefore: 1, reminderDaysBefore: 1, followUpDays: 1 },
    { startTime: '00:00', noticeTime: '23:59' },
    { leavesOut: ['remindManager', 'followUp'], reminderDaysBefore: 0, followUpDays: 0 },
  ])('accepts %j', (changes) => {
    expect(onboarding(changes)).toEqual([]);
  });

  test.each(REFUSED_ONBOARDINGS)('refuses %s for %j', (code, changes, fields) => {
    expect(onboarding(changes)).toEqual(refused(code, fields));
  });
});

describe('of a role change', () => {
  test.each<Partial<RoleChangeTemplate>>([
    { overlapDays: 365, reminderDaysBefore: 90 },
    { overlapDays: 2, reminderDaysBefore: 1, noticeTime: '23:59' },
    { overlapDays: 0, leavesOut: ['remindOldRights', 'tellManagers'] },
  ])('accepts %j', (changes) => {
    expect(roleChange(changes)).toEqual([]);
  });

  test.each(REFUSED_ROLE_CHANGES)('refuses %s for %j', (code, changes, fields) => {
    expect(roleChange(changes)).toEqual(refused(code, fields));
  });
});

describe('of a leave', () => {
  test.each<Partial<LeaveTemplate>>([
    { time: '23:59', openReplyDays: 1 },
    { investigation: ['decide'] },
    { revokes: REVOKED_KINDS.toReversed() },
    { leavesOut: ['notifyManager'] },
  ])('accepts %j', (changes) => {
    expect(leave(changes)).toEqual([]);
  });

  test.each(REFUSED_LEAVES)('refuses %s for %j', (code, changes, fields) => {
    expect(leave(changes)).toEqual(refused(code, fields));
  });
});

/** A plan in which something of one kind is another way. `undefined`: it is not there. */
function altered(plan: Plan, kind: PlannedStep['kind'], change?: Partial<PlannedStep>): Plan {
  const steps = plan.steps.flatMap((step) => {
    if (step.kind !== kind) return [step];
    return change === undefined ? [] : [{ ...step, ...change }];
  });
  return { ...plan, steps };
}
const free = { dependsOn: [], follows: [] };

const comes = sampleOnboarding(ONBOARDING_PROCEDURE, localCalendar);
const moves = sampleRoleChange(ROLE_CHANGE_PROCEDURE, localCalendar);
const goes = sampleLeave(LEAVE_PROCEDURE, localCalendar);
const suspected = sampleLeave(LEAVE_PROCEDURE, localCalendar, SUSPICIOUS);

/** What no template says, and a planner must not make of one. */
const BROKEN: readonly (readonly [string, () => readonly ProcedureFault[], string])[] = [
  ...(
    [
      ['opens an account that nobody made', altered(comes, 'createAccount'), 'ACCOUNT_LATE'],
      ['opens without waiting for the account', altered(comes, 'activateAccount', free), 'ACCOUNT_LATE'],
      ['is done without a way in', altered(comes, 'giveWelcome'), 'STEP_ESSENTIAL'],
      ['is done without a proof of the way in', altered(comes, 'proveUsable'), 'STEP_ESSENTIAL'],
      ['proves before the way in is given', altered(comes, 'proveUsable', free), 'STEP_ESSENTIAL'],
    ] as const
  ).map(([what, plan, code]) => {
    return [what, () => brokenRules([plan], ONBOARDING_RULES, ONBOARDING_PROCEDURE), code] as const;
  }),
  ...(
    [
      ['takes the old rights without giving the new ones', altered(moves, 'addRights'), 'RIGHTS_END_EARLY'],
      ['takes them without waiting', altered(moves, 'removeOldRights', free), 'RIGHTS_END_EARLY'],
      [
        'takes them before the date',
        altered(moves, 'removeOldRights', { due: { kind: 'at', atMs: moves.leaveAtMs - 1 } }),
        'RIGHTS_END_EARLY',
      ],
    ] as const
  ).map(([what, plan, code]) => {
    return [what, () => brokenRules([plan], ROLE_CHANGE_RULES, ROLE_CHANGE_PROCEDURE), code] as const;
  }),
  ...(
    [
      ['locks without a proof', altered(goes, 'proveDisabled'), 'STEP_ESSENTIAL'],
      ['proves before it locks', altered(goes, 'proveDisabled', free), 'PROVES_BEFORE_LOCKING'],
      ['revokes before it disables', altered(suspected, 'rotatePassword', free), 'REVOKES_BEFORE_DISABLING'],
      ['stores the state too late', altered(goes, 'disableAccount', free), 'SNAPSHOT_LATE'],
      ['opens without a proof', altered(goes, 'proveActive'), 'STEP_ESSENTIAL'],
      ['opens before the investigation is over', altered(suspected, 'enableAccount', free), 'UNDECIDED'],
    ] as const
  ).map(([what, plan, code]) => {
    return [what, () => brokenRules([plan], LEAVE_RULES, LEAVE_PROCEDURE), code] as const;
  }),
];

test.each(BROKEN)('a plan that %s breaks a rule', (_what, faults, code) => {
  expect(faults().map((fault) => fault.code)).toContain(`PROCEDURE_${code}`);
});

test('every reason there is is shown', () => {
  const tables = [REFUSED_DEPARTURES, REFUSED_ONBOARDINGS, REFUSED_ROLE_CHANGES, REFUSED_LEAVES];
  const codes = [
    ...tables.flatMap((table) => table.map(([code]) => code)),
    ...BROKEN.map(([, , code]) => code),
  ];
  const shown = new Set(codes.map((code) => `PROCEDURE_${code}`));
  expect(Object.keys(PROCEDURE_FAULTS).filter((code) => !shown.has(code))).toEqual([]);
});
