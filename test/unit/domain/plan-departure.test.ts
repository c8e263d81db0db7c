import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simulatedInstants } from '../../../shared/domain/planner/simulated-instants.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import { DAY, HOUR, NOW, plannedDeparture } from './sample-plan.ts';

const iso = (plan: Plan, key: string): string | undefined => {
  const atMs = simulatedInstants(plan).get(key);
  return atMs === undefined ? undefined : new Date(atMs).toISOString().slice(0, 16);
};
const keysOf = (plan: Plan): readonly string[] => plan.steps.map((step) => step.key);

describe('the plan of a departure', () => {
  test('follows the procedure from notice to quarantine', () => {
    const { plan, warnings } = plannedDeparture();
    expect(warnings).toEqual([]);
    expect(keysOf(plan)).toEqual([
      'notify-manager',
      'take-snapshot',
      'disable-account',
      'rotate-password',
      'revoke-app-passwords',
      'revoke-other-credentials',
      'switch-off-protocols',
      'revoke-sessions',
      'remove-own-rules',
      'drop-administrator-role',
      'remove-memberships',
      'revoke-own-keys',
      'prove-day-0',
      'start-auto-reply',
      'end-auto-reply',
      'prove-day-1',
      'prove-day-7',
      'prove-day-30',
      'archive-mailbox',
      'reassign-references',
      'purge-gate',
      'remind-14',
      'remind-3',
      'remind-1',
      'prove-before-delete',
      'archive-new-mail',
      'delete-account',
      'quarantine-address',
    ]);
    expect(iso(plan, 'notify-manager')).toBe('2026-03-25T08:00');
    expect(iso(plan, 'disable-account')).toBe('2026-04-01T15:30');
    expect(iso(plan, 'archive-mailbox')).toBe('2026-05-31T15:30');
    expect(iso(plan, 'purge-gate')).toBe('2026-06-30T15:30');
    expect(iso(plan, 'remind-14')).toBe('2026-07-16T15:30');
    expect(iso(plan, 'delete-account')).toBe('2026-07-30T15:30');
  });

  test.each([
    // The clocks of Zurich go back on 25 October: the wall time stays, the instant moves by an hour.
    ['Europe/Zurich', '2026-10-20', '2026-10-20T15:30', '2026-10-27T16:30'],
    // Lord Howe goes forward by half an hour on 4 October.
    ['Australia/Lord_Howe', '2026-10-01', '2026-10-01T07:00', '2026-10-08T06:30'],
    ['Asia/Kolkata', '2026-10-20', '2026-10-20T12:00', '2026-10-27T12:00'],
  ])('keeps the local leave time in %s across a clock change', (timeZone, lastDay, dayZero, daySeven) => {
    const { plan } = plannedDeparture({ timeZone, lastDay });
    expect(iso(plan, 'disable-account')).toBe(dayZero);
    expect(iso(plan, 'prove-day-7')).toBe(daySeven);
  });

  test('moves a leave time that the clock change leaves out forward, and says so', () => {
    const { plan, warnings } = plannedDeparture({ lastDay: '2026-03-29', leaveTime: '02:30' });
    expect(warnings).toEqual(['LEAVE_TIME_ADJUSTED']);
    expect(iso(plan, 'disable-account')).toBe('2026-03-29T01:30');
  });

  test('takes the first of two equal leave times, so that nobody keeps access an hour longer', () => {
    const { plan } = plannedDeparture({ lastDay: '2026-10-25', leaveTime: '02:30' });
    expect(iso(plan, 'disable-account')).toBe('2026-10-25T00:30');
  });

  test('locks at once when the last day is past, and counts later days from now', () => {
    const { plan, warnings } = plannedDeparture({ lastDay: '2026-01-15' });
    expect(warnings).toContain('LAST_DAY_PAST');
    expect(plan.leaveAtMs).toBe(NOW);
    expect(iso(plan, 'prove-day-7')).toBe('2026-03-09T08:00');
  });

  test('tells the manager of an urgent departure only after the account is locked', () => {
    const { plan } = plannedDeparture({ urgent: true });
    expect(plan.leaveAtMs).toBe(NOW);
    expect(plan.steps.find((step) => step.key === 'notify-manager')?.dependsOn).toEqual(['prove-day-0']);
  });

  test('sends a notice that is already due at once', () => {
    const { plan, warnings } = plannedDeparture({ lastDay: '2026-03-04' });
    expect(warnings).toEqual(['NOTICE_AT_ONCE']);
    expect(iso(plan, 'notify-manager')).toBe('2026-03-02T08:00');
  });

  test('leaves the notice out, with a warning, when nobody can be told', () => {
    const { plan, warnings } = plannedDeparture({ noticePossible: false });
    expect(warnings).toEqual(['NO_MANAGER']);
    expect(keysOf(plan)).not.toContain('notify-manager');
  });

  test('keeps a notice that went out and plans another for the new last day', () => {
    const previous = { plan: plannedDeparture().plan, startedKeys: new Set(['notify-manager']) };
    const { plan } = plannedDeparture({ version: 2, nowMs: NOW + 25 * DAY, lastDay: '2026-05-01', previous });
    expect(iso(plan, 'notify-manager')).toBe('2026-03-25T08:00');
    expect(iso(plan, 'notify-manager-2')).toBe('2026-04-24T07:00');
    expect(iso(plan, 'disable-account')).toBe('2026-05-01T15:30');
  });

  test('is always in order, complete and acyclic', () => {
    const input = fc.record({
      offsetDays: fc.integer({ min: -90, max: 731 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
      timeZone: fc.constantFrom(
        'Europe/Zurich',
        'Australia/Lord_Howe',
        'Asia/Kolkata',
        'America/St_Johns',
        'Pacific/Apia',
      ),
      urgent: fc.boolean(),
      noticePossible: fc.boolean(),
      autoReplyDays: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(input, ({ offsetDays, hour, minute, autoReplyDays, ...rest }) => {
        const lastDay = new Date(NOW + offsetDays * DAY).toISOString().slice(0, 10);
        const leaveTime = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const { autoReplyDays: _usual, ...usual } = { autoReplyDays: 0 };
        const reply = autoReplyDays === undefined ? usual : { autoReplyDays };
        const { plan } = plannedDeparture({ ...rest, lastDay, leaveTime, ...reply });
        const keys = keysOf(plan);
        expect(new Set(keys).size).toBe(keys.length);
        const instants = simulatedInstants(plan);
        const order = (key: string): number => keys.indexOf(key);
        for (const step of plan.steps) {
          const atMs = instants.get(step.key) ?? NaN;
          expect(atMs).toBeGreaterThanOrEqual(NOW);
          for (const key of [...step.dependsOn, ...step.reapplies])
            expect(order(key)).toBeGreaterThanOrEqual(0);
          for (const key of step.dependsOn) expect(instants.get(key)).toBeLessThanOrEqual(atMs);
        }
        expect(order('archive-mailbox')).toBeLessThan(order('purge-gate'));
        expect(order('purge-gate')).toBeLessThan(order('delete-account'));
        const grace = (instants.get('delete-account') ?? 0) - (instants.get('purge-gate') ?? 0);
        expect(grace).toBe(30 * DAY);
        expect((instants.get('purge-gate') ?? 0) - plan.leaveAtMs).toBeGreaterThanOrEqual(
          90 * DAY - 25 * HOUR,
        );
      }),
      { numRuns: 300 },
    );
  });
});
