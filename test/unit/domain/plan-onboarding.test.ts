import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ONBOARDING_PROCEDURE } from '../../../shared/domain/planner/onboarding-procedure.ts';
import { planOnboarding, type PlannedOnboarding } from '../../../shared/domain/planner/plan-onboarding.ts';
import type { OnboardingPlanInput } from '../../../shared/domain/planner/onboarding/plan-input.ts';
import { planUndo } from '../../../shared/domain/planner/plan-undo.ts';
import { simulatedInstants } from '../../../shared/domain/planner/simulated-instants.ts';
import { UNDONE_BY } from '../../../shared/domain/step-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { DAY, HOUR, NOW } from './sample-plan.ts';
import { utcCalendar } from './utc-calendar.ts';

/** Somebody who comes on 1 April in Zurich, planned on 2 March; a test names what it is about. */
const INPUT: OnboardingPlanInput = {
  procedure: ONBOARDING_PROCEDURE,
  version: 1,
  nowMs: NOW,
  timeZone: 'Europe/Zurich',
  firstDay: '2026-04-01',
  startTime: '08:00',
  createDaysBefore: 7,
  targets: ['directory'],
  hasMemberships: true,
  noticePossible: true,
};
const planned = (overrides: Partial<OnboardingPlanInput> = {}): PlannedOnboarding =>
  planOnboarding({ ...INPUT, ...overrides }, localCalendar);

function instantsOf({ plan }: PlannedOnboarding): Readonly<Record<string, string>> {
  const instants = simulatedInstants(plan);
  return Object.fromEntries(
    [...instants].map(([key, atMs]) => {
      const { date, time } = localCalendar.localOf(atMs, plan.timeZone);
      return [key, `${date} ${time}`];
    }),
  );
}

test('each step has its local instant', () => {
  expect(instantsOf(planned())).toEqual({
    'reserve-names': '2026-03-02 09:00',
    'create-account': '2026-03-25 08:00',
    'add-memberships': '2026-03-25 08:00',
    'remind-manager': '2026-03-30 09:00',
    'activate-account': '2026-04-01 08:00',
    'give-welcome': '2026-04-01 08:00',
    'prove-usable': '2026-04-01 08:00',
    'follow-up': '2026-04-08 08:00',
  });
});

test('the clock change before the first day moves nothing: each day has the start time', () => {
  const plan = planned({ firstDay: '2026-03-31', createDaysBefore: 5 });
  const instants = simulatedInstants(plan.plan);
  expect(instantsOf(plan)['create-account']).toBe('2026-03-26 08:00');
  expect(plan.plan.leaveAtMs - instants.get('create-account')!).toBe(5 * DAY - HOUR);
});

test('a start time that the clock change leaves out is moved forward, and told of', () => {
  const plan = planned({ firstDay: '2026-03-29', startTime: '02:30' });
  expect(plan.warnings).toContain('START_TIME_ADJUSTED');
  expect(instantsOf(plan)['activate-account']).toBe('2026-03-29 03:30');
});

test.each([
  ['is here already', { firstDay: '2026-02-27' }, ['FIRST_DAY_PAST']],
  ['comes in three days', { firstDay: '2026-03-05' }, ['CREATED_AT_ONCE']],
  ['comes tomorrow', { firstDay: '2026-03-03' }, ['CREATED_AT_ONCE', 'REMINDER_AT_ONCE']],
  ['has nobody to be told', { noticePossible: false }, ['NO_MANAGER']],
  ['comes in good time', {}, []],
])('warns of somebody who %s', (_what, overrides, warnings) => {
  expect(planned(overrides).warnings).toEqual(warnings);
});

test('whoever is here already gets everything at once, and no reminder', () => {
  const plan = planned({ firstDay: '2026-02-27' });
  const { 'follow-up': followUp, ...rest } = instantsOf(plan);
  expect(new Set(Object.values(rest))).toEqual(new Set(['2026-03-02 09:00']));
  expect(followUp).toBe('2026-03-09 09:00');
  expect(Object.keys(rest)).not.toContain('remind-manager');
});

test('nobody is followed up after the last day: the departure waits for this case', () => {
  expect(instantsOf(planned({ endsOn: '2026-04-03' }))['follow-up']).toBe('2026-04-03 08:00');
  expect(instantsOf(planned({ endsOn: '2026-04-01' }))['follow-up']).toBe('2026-04-01 08:00');
  expect(instantsOf(planned({ endsOn: '2026-12-31' }))['follow-up']).toBe('2026-04-08 08:00');
});

test('the way in waits for every target, and nothing else does', () => {
  const { plan } = planned({ targets: ['directory', 'branch'] });
  const dependsOn = Object.fromEntries(plan.steps.map((step) => [step.key, step.dependsOn]));
  expect(dependsOn['give-welcome']).toEqual(['activate-account', 'activate-account@branch']);
  expect(dependsOn['activate-account@branch']).toEqual(['create-account@branch']);
  expect(dependsOn['add-memberships']).toEqual(['create-account']);
  expect(dependsOn['prove-usable@branch']).toEqual(['give-welcome']);
});

describe('called off', () => {
  const back = (...started: readonly string[]) => {
    const { plan } = planned({ targets: ['directory', 'branch'] });
    const startedKeys = new Set(['reserve-names', ...started]);
    return planUndo({ plan, startedKeys, nowMs: NOW }).steps.flatMap(({ undoes }) => undoes ?? []);
  };

  test('takes away what was made, newest first, and gives the names back at the very end', () => {
    expect(
      back(
        'create-account',
        'create-account@branch',
        'add-memberships',
        'remind-manager',
        'activate-account',
        'give-welcome',
      ),
    ).toEqual([
      'give-welcome',
      'activate-account',
      'create-account@branch',
      'add-memberships',
      'create-account',
      'reserve-names',
    ]);
    expect(back()).toEqual(['reserve-names']);
  });

  test('removes an account once everything else was put back on it', () => {
    const { plan } = planned({ targets: ['directory', 'branch'] });
    const startedKeys = new Set(plan.steps.map(({ key }) => key));
    const { steps } = planUndo({ plan, startedKeys, nowMs: NOW });
    const dependsOn = Object.fromEntries(steps.map((step) => [step.key, step.dependsOn]));
    expect(dependsOn['undo-create-account@branch']).toEqual([
      ...['undo-activate-account@branch', 'undo-add-memberships@branch'],
    ]);
    expect(dependsOn['undo-create-account']).toEqual([
      ...['undo-give-welcome', 'undo-activate-account', 'undo-add-memberships'],
    ]);
    expect(dependsOn['undo-reserve-names']).toEqual([]);
  });

  test('gives no setup link: whoever does not come has lost no password', () => {
    const { plan } = planned();
    const startedKeys = new Set(plan.steps.map(({ key }) => key));
    const kinds = planUndo({ plan, startedKeys, nowMs: NOW }).steps.map(({ kind }) => kind);
    expect(kinds).not.toContain('giveSetupLink');
  });
});

const ARBITRARY = fc.record({
  inDays: fc.integer({ min: -30, max: 400 }),
  createDaysBefore: fc.integer({ min: 0, max: 90 }),
  staysDays: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  targets: fc.constantFrom(['directory'], ['directory', 'branch'], ['directory', 'branch', 'shop']),
  hasMemberships: fc.boolean(),
  noticePossible: fc.boolean(),
});

test('every plan makes before it opens, opens before it lets in, and can be called off whole', () => {
  const today = new Date(NOW).toISOString().slice(0, 10);
  fc.assert(
    fc.property(ARBITRARY, ({ inDays, staysDays, ...rest }) => {
      const firstDay = utcCalendar.addDays(today, inDays);
      const endsOn = staysDays === undefined ? {} : { endsOn: utcCalendar.addDays(firstDay, staysDays) };
      const input = { ...INPUT, ...rest, ...endsOn, firstDay, timeZone: 'UTC' };
      const { plan } = planOnboarding(input, utcCalendar);
      expect(planOnboarding(input, utcCalendar).plan).toEqual(plan);
      const at = simulatedInstants(plan);
      const keys = plan.steps.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const step of plan.steps) {
        expect(at.get(step.key)).toBeGreaterThanOrEqual(NOW);
        for (const before of step.dependsOn)
          expect(keys.indexOf(before)).toBeLessThan(keys.indexOf(step.key));
      }
      const opening = plan.steps.filter(({ kind }) => kind === 'activateAccount');
      expect(opening).toHaveLength(input.targets.length);
      for (const { key } of opening) expect(at.get(key)).toBe(Math.max(plan.leaveAtMs, NOW));
      const startedKeys = new Set(keys);
      const undone = planUndo({ plan, startedKeys, nowMs: NOW }).steps.flatMap(({ undoes }) => undoes ?? []);
      const undoable = plan.steps.filter(({ kind }) => UNDONE_BY[kind] !== undefined);
      expect(undone).toEqual(undoable.map(({ key }) => key).toReversed());
    }),
  );
});
