import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planRoleChange } from '../../../shared/domain/planner/plan-role-change.ts';
import type { RoleChangePlanInput } from '../../../shared/domain/planner/role-change/plan-input.ts';
import { planUndo } from '../../../shared/domain/planner/plan-undo.ts';
import { endOfOldRights, isEnding } from '../../../shared/domain/planner/role-change/end-of-old-rights.ts';
import { ROLE_CHANGE_PROCEDURE } from '../../../shared/domain/planner/role-change-procedure.ts';
import { simulatedInstants } from '../../../shared/domain/planner/simulated-instants.ts';
import { isOfUndo, type Plan } from '../../../shared/domain/plan.ts';
import { UNDONE_BY } from '../../../shared/domain/step-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2027, 0, 11, 9, 0);
const usual: RoleChangePlanInput = {
  ...{ procedure: ROLE_CHANGE_PROCEDURE, version: 1, nowMs: NOW, timeZone: 'Europe/Zurich' },
  ...{ date: '2027-02-01', time: '08:00', overlapDays: 14, targets: ['directory'] },
  ...{ gives: true, takes: true, noticePossible: true },
};
const planned = (over: Partial<RoleChangePlanInput> = {}) =>
  planRoleChange({ ...usual, ...over }, localCalendar);
const keysOf = ({ steps }: Plan) => steps.map(({ key }) => key);
const dueOf = (plan: Plan, key: string): string => {
  const due = plan.steps.find((step) => step.key === key)?.due;
  const atMs = due?.kind === 'at' ? due.atMs : Number.NaN;
  const { date, time } = localCalendar.localOf(atMs, plan.timeZone);
  return `${date} ${time}`;
};

test('gives on the date, reminds three days before the end, and takes after the overlap, at the same local time', () => {
  const { plan, warnings } = planned();
  expect(keysOf(plan)).toEqual([
    ...['note-rights', 'add-rights', 'change-record', 'tell-managers'],
    ...['remind-old-rights', 'remove-old-rights', 'close-record'],
  ]);
  for (const key of ['note-rights', 'add-rights', 'change-record', 'tell-managers'])
    expect(dueOf(plan, key)).toBe('2027-02-01 08:00');
  expect(dueOf(plan, 'remind-old-rights')).toBe('2027-02-12 09:00');
  for (const key of ['remove-old-rights', 'close-record']) expect(dueOf(plan, key)).toBe('2027-02-15 08:00');
  expect(warnings).toEqual([]);
});

test('gives the administrator role on the date, and ends it with the overlap', () => {
  const up = planned({ role: 'promoted', targets: ['directory', 'branch'] }).plan;
  expect(dueOf(up, 'give-administrator-role@branch')).toBe('2027-02-01 08:00');
  expect(up.steps.find(({ key }) => key === 'change-record')?.dependsOn).toContain(
    'give-administrator-role@branch',
  );
  const down = planned({ role: 'demoted', takes: false }).plan;
  expect(dueOf(down, 'record-demotion')).toBe('2027-02-15 08:00');
  expect(down.steps.find(({ key }) => key === 'drop-administrator-role')).toMatchObject({
    dependsOn: ['record-demotion'],
  });
  expect(keysOf(down)).toContain('remind-old-rights');
});

test('has no step for what does not change', () => {
  expect(keysOf(planned({ gives: false, takes: false }).plan)).toEqual([
    'note-rights',
    'change-record',
    'tell-managers',
  ]);
  const untold = planned({ noticePossible: false });
  expect(keysOf(untold.plan).filter((key) => /tell|remind/u.test(key))).toEqual([]);
  expect(untold.warnings).toEqual(['NO_MANAGER']);
});

test('reminds nobody of an end that comes within the days of the reminder', () => {
  for (const overlapDays of [0, 1, 3])
    expect(keysOf(planned({ overlapDays }).plan)).not.toContain('remind-old-rights');
  expect(keysOf(planned({ overlapDays: 4 }).plan)).toContain('remind-old-rights');
});

test('counts from now where the date is over', () => {
  const { plan, warnings } = planned({ date: '2027-01-04' });
  expect(plan.leaveAtMs).toBe(NOW);
  expect(warnings).toEqual(['DATE_PAST']);
  expect(dueOf(plan, 'remove-old-rights')).toBe('2027-01-25 10:00');
});

test('takes the first moment after a time that a clock change leaves out, and keeps to the time after it', () => {
  const { plan, warnings } = planned({ date: '2027-03-28', time: '02:30' });
  expect(warnings).toEqual(['TIME_ADJUSTED']);
  expect(dueOf(plan, 'add-rights')).toBe('2027-03-28 03:30');
  expect(dueOf(plan, 'remove-old-rights')).toBe('2027-04-11 02:30');
  const later = moved(plan, ['note-rights', 'add-rights'], {
    date: '2027-03-28',
    time: '02:30',
    overlapDays: 20,
  });
  expect(dueOf(later, 'remove-old-rights')).toBe('2027-04-17 02:30');
});

test('ends on 29 February as on any other day', () => {
  const { plan } = planned({ date: '2028-02-15' });
  expect(dueOf(plan, 'remove-old-rights')).toBe('2028-02-29 08:00');
  expect(dueOf(planned({ date: '2028-02-16' }).plan, 'remove-old-rights')).toBe('2028-03-01 08:00');
});

function moved(plan: Plan, started: readonly string[], over: Partial<RoleChangePlanInput>): Plan {
  const previous = { plan, startedKeys: new Set(started) };
  return planned({ version: plan.version + 1, previous, ...over }).plan;
}

test('a longer overlap moves the end and its reminder, and nothing that began', () => {
  const { plan } = planned();
  const begun = ['note-rights', 'add-rights', 'change-record', 'tell-managers'];
  const nowMs = Date.UTC(2027, 1, 5);
  const longer = moved(plan, begun, { nowMs, overlapDays: 30 });
  expect(longer.leaveAtMs).toBe(plan.leaveAtMs);
  expect(longer.steps.filter(({ key }) => begun.includes(key))).toEqual(
    plan.steps.filter(({ key }) => begun.includes(key)),
  );
  expect(dueOf(longer, 'remind-old-rights')).toBe('2027-02-28 09:00');
  expect(dueOf(longer, 'remove-old-rights')).toBe('2027-03-03 08:00');
});

test('reminds again of an end that was moved after the reminder, at once where its day is over', () => {
  const { plan } = planned();
  const begun = ['note-rights', 'add-rights', 'change-record', 'tell-managers', 'remind-old-rights'];
  const nowMs = Date.UTC(2027, 1, 14);
  const longer = moved(plan, begun, { nowMs, overlapDays: 16 });
  expect(dueOf(longer, 'remind-old-rights')).toBe('2027-02-12 09:00');
  expect(dueOf(longer, 'remind-old-rights-2')).toBe('2027-02-14 09:00');
  const atOnce = moved(plan, begun, { nowMs, overlapDays: 15 });
  expect(dueOf(atOnce, 'remind-old-rights-2')).toBe('2027-02-14 01:00');
});

const anyInput = fc.record({
  timeZone: fc.constantFrom('Europe/Zurich', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'),
  date: fc.integer({ min: -40, max: 731 }).map((days) => localCalendar.addDays('2027-01-11', days)),
  time: fc.constantFrom('00:00', '02:30', '08:00', '23:59'),
  overlapDays: fc.integer({ min: 0, max: 365 }),
  targets: fc.constantFrom([], ['directory'], ['directory', 'branch'], ['branch', 'directory', 'shop']),
  gives: fc.boolean(),
  takes: fc.boolean(),
  noticePossible: fc.boolean(),
  role: fc.constantFrom('promoted' as const, 'demoted' as const, undefined),
});
const inputOf = ({ role, ...rest }: typeof anyInput extends fc.Arbitrary<infer T> ? T : never) => ({
  ...rest,
  ...(role === undefined ? {} : { role }),
});

test('whatever is asked for, nothing is taken before the new role was proven, nor before its time', () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      const { plan, endsAtMs } = planned(inputOf(given));
      const keys = keysOf(plan);
      expect(new Set(keys).size).toBe(keys.length);
      for (const [index, step] of plan.steps.entries())
        for (const key of step.dependsOn) expect(keys.indexOf(key)).toBeLessThan(index);
      const instants = simulatedInstants(plan);
      expect(Math.min(...instants.values())).toBe(Math.max(plan.leaveAtMs, NOW));
      for (const step of plan.steps.filter(isEnding)) expect(instants.get(step.key)).toBe(endsAtMs);
      const days = (endsAtMs - plan.leaveAtMs) / DAY;
      expect(Math.abs(days - given.overlapDays)).toBeLessThan(0.1);
      const taking = plan.steps.filter(({ kind }) => kind === 'removeOldRights');
      expect(taking).toHaveLength(given.takes ? Math.max(given.targets.length, 1) : 0);
      for (const step of taking)
        expect(step.dependsOn).toEqual([step.key.replace('remove-old', given.gives ? 'add' : 'note')]);
      expect(endOfOldRights(plan) === undefined).toBe(!given.takes && given.role !== 'demoted');
    }),
  );
});

test('the same input gives the same plan', () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      expect(planned(inputOf(given))).toEqual(planned(inputOf(given)));
    }),
  );
});

test('a longer overlap never moves what began, whatever that is', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(), fc.integer({ min: 0, max: 400 }), (given, count, moreDays) => {
      const { plan } = planned(inputOf(given));
      const started = keysOf(plan).slice(0, 1 + (count % plan.steps.length));
      const wanted = {
        ...inputOf(given),
        nowMs: plan.leaveAtMs + DAY,
        overlapDays: given.overlapDays + moreDays,
      };
      const longer = moved(plan, started, wanted);
      for (const key of started)
        expect(longer.steps.find((step) => step.key === key)).toEqual(
          plan.steps.find((step) => step.key === key),
        );
    }),
  );
});

test('whatever was started and can be put back is, newest first', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(), (given, count) => {
      const { plan } = planned(inputOf(given));
      const startedKeys = new Set(keysOf(plan).slice(0, count % (plan.steps.length + 1)));
      const back = planUndo({ plan, startedKeys, nowMs: NOW }).steps.filter(isOfUndo);
      const expected = plan.steps.filter((step) => startedKeys.has(step.key) && UNDONE_BY[step.kind]);
      expect(back.map(({ undoes }) => undoes)).toEqual(expected.map(({ key }) => key).toReversed());
    }),
  );
});
