import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LEAVE_PROCEDURE, LEAVE_REASONS } from '../../../shared/domain/leave.ts';
import { stepOf, type Plan } from '../../../shared/domain/plan.ts';
import { planLeave, type LeavePlanInput } from '../../../shared/domain/planner/plan-leave.ts';
import { planUndo } from '../../../shared/domain/planner/plan-undo.ts';
import { simulatedInstants } from '../../../shared/domain/planner/simulated-instants.ts';
import { STEP_TRAITS } from '../../../shared/domain/step-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2027, 0, 11, 9, 0);
const usual: LeavePlanInput = {
  ...{ procedure: LEAVE_PROCEDURE, version: 1, nowMs: NOW, timeZone: 'Europe/Zurich', reason: 'leave' },
  ...{ firstDay: '2027-02-01', returnDay: '2027-03-01', time: '00:00', targets: ['directory'] },
  ...{ givesAutoReply: true, noticePossible: true },
};
const planned = (overrides: Partial<LeavePlanInput> = {}) =>
  planLeave({ ...usual, ...overrides }, localCalendar);
const open = (overrides: Partial<LeavePlanInput> = {}) => {
  const { firstDay: _first, returnDay: _return, ...rest } = usual;
  return planLeave({ ...rest, ...overrides }, localCalendar);
};
const keysOf = ({ steps }: Plan) => steps.map(({ key }) => key);
const localOf = (plan: Plan, key: string) => {
  const { date, time } = localCalendar.localOf(simulatedInstants(plan).get(key)!, plan.timeZone);
  return `${date} ${time}`;
};

test('locks on the first day, answers until the return, and opens on that day at local time', () => {
  const { plan, warnings } = planned();
  expect(keysOf(plan)).toEqual([
    ...['take-snapshot', 'disable-account', 'revoke-sessions', 'prove-disabled', 'start-auto-reply'],
    ...['notify-manager', 'enable-account', 'end-auto-reply', 'prove-active'],
  ]);
  expect(localOf(plan, 'disable-account')).toBe('2027-02-01 00:00');
  expect(localOf(plan, 'enable-account')).toBe('2027-03-01 00:00');
  const untilMs = stepOf(plan, 'start-auto-reply')?.params['untilMs'];
  expect(untilMs).toBe(simulatedInstants(plan).get('end-auto-reply'));
  expect(warnings).toEqual([]);
});

test('an open end has no instant, and neither has anything behind it', () => {
  const { plan } = open();
  expect(stepOf(plan, 'end-leave')).toMatchObject({
    manual: true,
    due: { kind: 'asked' },
    unskippable: true,
  });
  const instants = simulatedInstants(plan);
  const without = plan.steps.filter(({ key }) => !instants.has(key)).map(({ key }) => key);
  expect(without).toEqual(['end-leave', 'enable-account', 'end-auto-reply', 'prove-active']);
});

test('of a suspicious account everything that signs in is revoked, and each question stands before the end', () => {
  const { plan } = open({ reason: 'suspicious', givesAutoReply: false });
  expect(keysOf(plan)).toEqual([
    ...['take-snapshot', 'disable-account', 'rotate-password', 'revoke-app-passwords'],
    ...['revoke-other-credentials', 'revoke-sessions', 'revoke-own-keys', 'prove-locked-out'],
    ...['review-sign-ins', 'review-rules', 'review-sent-mail', 'talk-with-person', 'decide', 'end-leave'],
    ...['enable-account', 'prove-active', 'send-setup-link'],
  ]);
  expect(stepOf(plan, 'enable-account')?.dependsOn).toEqual(
    expect.arrayContaining([...LEAVE_PROCEDURE.investigation, 'end-leave', 'rotate-password']),
  );
  expect(simulatedInstants(plan).get('end-leave')).toBe(NOW);
});

test.each([
  ['a first day that is over', { firstDay: '2027-01-04' }, 'FIRST_DAY_PAST'],
  [
    'a return in the hour that a clock change leaves out',
    { returnDay: '2027-03-28', time: '02:30' },
    'TIME_ADJUSTED',
  ],
  ['nobody to be told', { noticePossible: false }, 'NO_MANAGER'],
] as const)('warns of %s', (_what, overrides, warning) => {
  expect(planned(overrides).warnings).toEqual([warning]);
});

test('today begins at once, without a warning', () => {
  const { plan, warnings } = planned({ firstDay: '2027-01-11' });
  expect([plan.leaveAtMs, warnings]).toEqual([NOW, []]);
});

test('comes back on 29 February, and at local time on both sides of a clock change', () => {
  expect(localOf(planned({ firstDay: '2028-02-28', returnDay: '2028-02-29' }).plan, 'enable-account')).toBe(
    '2028-02-29 00:00',
  );
  const { plan } = planned({ firstDay: '2027-03-26', returnDay: '2027-03-30', time: '08:00' });
  expect(simulatedInstants(plan).get('enable-account')! - plan.leaveAtMs).toBe(4 * DAY - 3_600_000);
});

test('a leave that is moved keeps what was started, and has its reply given once more with the new end', () => {
  const { plan } = planned();
  const startedKeys = new Set(keysOf(plan).slice(0, 6));
  const previous = { plan, startedKeys };
  const nowMs = plan.leaveAtMs + 5 * DAY;
  const moved = planned({ previous, version: 2, nowMs, returnDay: '2027-04-01' }).plan;
  expect(moved.leaveAtMs).toBe(plan.leaveAtMs);
  for (const key of startedKeys) expect(stepOf(moved, key)).toEqual(stepOf(plan, key));
  expect(stepOf(moved, 'start-auto-reply-2')).toMatchObject({ due: { kind: 'at', atMs: nowMs } });
  expect(stepOf(moved, 'end-auto-reply')?.dependsOn).toEqual(['start-auto-reply', 'start-auto-reply-2']);
  const again = planned({ previous, version: 2, nowMs }).plan;
  expect(keysOf(again)).not.toContain('start-auto-reply-2');
  const ended = planned({ previous, version: 2, nowMs, endsNow: true }).plan;
  expect(keysOf(ended)).not.toContain('start-auto-reply-2');
  expect(simulatedInstants(ended).get('enable-account')).toBe(nowMs);
});

test('an account that was left locked is opened and proven, and nothing else happens to it', () => {
  const { plan } = open({ opensOnly: true, givesAutoReply: false });
  expect(keysOf(plan)).toEqual(['enable-account', 'prove-active']);
  const locked = open({ opensOnly: true, givesAutoReply: false, passwordGone: true }).plan;
  expect(keysOf(locked)).toEqual(['enable-account', 'prove-active', 'send-setup-link']);
});

test('only who lost the password gets a link when everything is put back', () => {
  const back = (plan: Plan) =>
    keysOf(planUndo({ plan, startedKeys: new Set(keysOf(plan).slice(0, 3)), nowMs: NOW }));
  expect(back(planned().plan)).not.toContain('give-setup-link');
  expect(back(open({ reason: 'suspicious' }).plan)).toContain('give-setup-link');
});

const anyLeave = fc
  .record({
    reason: fc.constantFrom(...LEAVE_REASONS),
    time: fc.constantFrom('00:00', '02:30', '08:00', '23:59'),
    timeZone: fc.constantFrom('Europe/Zurich', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'),
    startsInDays: fc.option(fc.integer({ min: -20, max: 400 }), { nil: undefined }),
    lastsDays: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
    targets: fc.constantFrom([], ['directory'], ['directory', 'branch', 'shop']),
    givesAutoReply: fc.boolean(),
    noticePossible: fc.boolean(),
  })
  .map(({ startsInDays, lastsDays, ...rest }): LeavePlanInput => {
    const dated = rest.reason === 'leave';
    const today = localCalendar.localOf(NOW, rest.timeZone).date;
    const first = Math.max(startsInDays ?? 0, 0);
    return {
      ...{ procedure: LEAVE_PROCEDURE, version: 1, nowMs: NOW, ...rest },
      ...(dated && startsInDays !== undefined
        ? { firstDay: localCalendar.addDays(today, startsInDays) }
        : {}),
      ...(dated && lastsDays !== undefined
        ? { returnDay: localCalendar.addDays(today, first + lastsDays) }
        : {}),
    };
  });

test('whatever is asked for, nothing opens before it was locked, and nothing that locks comes after', () => {
  fc.assert(
    fc.property(anyLeave, (input) => {
      const { plan } = planLeave(input, localCalendar);
      expect(planLeave(input, localCalendar).plan).toEqual(plan);
      expect(new Set(keysOf(plan)).size).toBe(plan.steps.length);
      const known = new Set(keysOf(plan));
      for (const { dependsOn, follows } of plan.steps)
        expect([...dependsOn, ...follows].filter((key) => !known.has(key))).toEqual([]);
      const instants = simulatedInstants(plan);
      for (const enable of plan.steps.filter(({ kind }) => kind === 'enableAccount')) {
        const { target } = enable.params;
        const locks = plan.steps.filter(
          ({ kind, params }) => STEP_TRAITS[kind].locking === true && params['target'] === target,
        );
        expect(locks.map(({ key }) => key).filter((key) => !enable.dependsOn.includes(key))).toEqual([]);
        expect(instants.get(enable.key) ?? Infinity).toBeGreaterThanOrEqual(plan.leaveAtMs);
        expect(plan.steps.find(({ key }) => key === enable.params['restores'])?.kind).toBe('disableAccount');
      }
    }),
  );
});
