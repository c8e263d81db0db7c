import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DELETION_ITEMS } from '../../../shared/domain/deletion.ts';
import { allSettled } from '../../../shared/domain/case/derive.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { rejectionOf } from '../../../shared/domain/case/command.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import {
  DELETION_PROCEDURE,
  ownDeletion,
  templateOfDeletion,
  type DeletionTemplate,
} from '../../../shared/domain/planner/deletion-procedure.ts';
import { planDeparture, type DeparturePlanInput } from '../../../shared/domain/planner/plan-departure.ts';
import { DELETION_PROCEDURES } from '../../../shared/domain/procedure/kinds/deletion.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { runPlan } from './run-plan.ts';
import { DAY, NOW } from './sample-plan.ts';

const everything = { access: 'yes', mail: 'yes', files: 'yes', calendars: 'yes', contacts: 'yes' } as const;
const TARGETS = ['directory', 'branch'];

const asked = fc.record({
  asks: fc.subarray([...DELETION_ITEMS]),
  graceDays: fc.integer({ min: 14, max: 365 }),
  redirectDays: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
  outlivesAccount: fc.boolean(),
  accessDays: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
  timeZone: fc.constantFrom('Europe/Zurich', 'Australia/Lord_Howe', 'UTC'),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function planOf({ asks, graceDays, redirectDays, outlivesAccount, accessDays, timeZone }: Asked): Plan {
  const input: DeparturePlanInput = {
    ...{ procedure: { ...DELETION_PROCEDURE, graceDays }, version: 1, nowMs: NOW, timeZone, asks },
    ...{ urgent: true, leaveTime: '17:30', targets: TARGETS, noticePossible: true },
    ...(redirectDays === undefined && !asks.includes('redirect')
      ? {}
      : { redirect: { days: redirectDays ?? 30, outside: false, outlivesAccount } }),
    handover: {
      ...{ day: 0, askRecipient: false, targets: { directory: everything, branch: everything } },
      ...(accessDays === undefined ? {} : { accessDays }),
    },
  };
  return planDeparture(input, localCalendar).plan;
}

const settle = (plan: Plan, keys: readonly string[]) =>
  keys.reduce(
    (progress, key) => reduce(progress, { kind: 'attested', key, actorId: 'own_hr', atMs: NOW }),
    openCase({ plan, requestedBy: 'own_requester', onLegalHold: false }),
  );

test('the procedure that ships keeps what is promised of every procedure', () => {
  expect(DELETION_PROCEDURES.faults(DELETION_PROCEDURE, localCalendar)).toEqual([]);
});

test.each<[Partial<DeletionTemplate>, string, string]>([
  [{ graceDays: 13, reminderDaysBefore: [3, 1] }, 'PROCEDURE_GRACE_TOO_SHORT', '/graceDays'],
  [
    { graceDays: 14, reminderDaysBefore: [15, 1] },
    'PROCEDURE_REMINDER_OUTSIDE_GRACE',
    '/reminderDaysBefore/0',
  ],
  [{ proofDays: [7, 1] }, 'PROCEDURE_DAYS_UNORDERED', '/proofDays/1'],
  [{ leavesOut: ['archiveMailbox'] }, 'PROCEDURE_STEP_ESSENTIAL', '/leavesOut/0'],
  ...(['disableAccount', 'proveLockedOut'] as const).map((left) => {
    const dayZero = DELETION_PROCEDURE.dayZero.filter((kind) => kind !== left);
    return [{ dayZero }, 'PROCEDURE_STEP_ESSENTIAL', '/dayZero'] as [
      Partial<DeletionTemplate>,
      string,
      string,
    ];
  }),
])('a version with %j is refused', (changes, code, field) => {
  const own = ownDeletion('deletion@1.1', { ...templateOfDeletion(DELETION_PROCEDURE), ...changes });
  expect(DELETION_PROCEDURES.faults(own, localCalendar)).toContainEqual(
    expect.objectContaining({ code, field }),
  );
});

test('whatever is asked for, the gate waits for every question and every handover, and the deletion for all the rest', () => {
  fc.assert(
    fc.property(asked, (wanted) => {
      const plan = planOf(wanted);
      const gate = plan.steps.find(({ key }) => key === 'purge-gate')!;
      const questions = plan.steps.filter(({ kind }) => kind === 'decideItem').map(({ key }) => key);
      expect(questions).toEqual(wanted.asks.map((item) => `decide-${item}`));
      const untilGate = plan.steps.slice(0, plan.steps.indexOf(gate));
      const deletions = plan.steps.filter(({ destructive }) => destructive);
      expect(deletions).toHaveLength(2);
      for (const { key } of untilGate)
        for (const deletion of deletions)
          expect([key, gate.dependsOn.includes(key) || deletion.dependsOn.includes(key)]).toEqual([
            key,
            true,
          ]);
      // Nothing that the gate waits for has a day to come.
      for (const { key, due } of untilGate)
        if (gate.dependsOn.includes(key)) expect([key, due]).toEqual([key, { kind: 'at', atMs: NOW }]);
      for (const { due } of deletions)
        expect(due).toEqual({ kind: 'after', stepKey: 'purge-gate', offsetMs: wanted.graceDays * DAY });
    }),
  );
});

test('no question can be left out, and with each one open nothing comes to the gate', () => {
  const items = DELETION_ITEMS.map((item) => `decide-${item}`);
  const plan = planOf({
    ...{ asks: [...DELETION_ITEMS], graceDays: 30, redirectDays: undefined, accessDays: undefined },
    ...{ outlivesAccount: false, timeZone: 'UTC' },
  });
  for (const missing of items) {
    const progress = settle(
      plan,
      items.filter((key) => key !== missing),
    );
    const skip = { kind: 'skip', stepKey: missing, actorId: 'own_hr' } as const;
    expect(rejectionOf(progress, skip)).toBe('STEP_NOT_SKIPPABLE');
    const stuck = runPlan(progress, { fromMs: NOW, untilMs: NOW + 400 * DAY });
    expect(stuck.started.map(({ key }) => key)).not.toContain('purge-gate');
    expect(allSettled(stuck.progress)).toBe(false);
  }
  const run = runPlan(settle(plan, items), { fromMs: NOW, untilMs: NOW + 400 * DAY });
  expect(run.started.map(({ key }) => key)).toContain('purge-gate');
});
