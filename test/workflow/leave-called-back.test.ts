import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { DAY, HOUR, rejectionOf, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startLeave, type LeaveOptions, type TestLeave } from '../support/leave.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const byHr = { actorId: 'own_hr' };
const SUSPICIOUS: LeaveOptions = { plan: { reason: 'suspicious' } };

async function closed(leave: Pick<TestLeave, 'until' | 'workflowId'>) {
  const record = await leave.until(({ closedAtMs }) => closedAtMs !== undefined);
  await engine.temporal.realTimeClient.workflow.getHandle(leave.workflowId).result();
  return record;
}

async function settingsOf(leave: TestLeave) {
  const { status, disabledReason, role, groups, aliases, forwards, rules, autoReply } =
    (await leave.account())!;
  return { status, disabledReason, role, groups, aliases, forwards, rules, autoReply };
}

test('is simply cancelled before anything changed', async () => {
  const leave = await startLeave(engine);
  const before = await leave.account();
  await leave.command('cancelCase', byHr);
  expect((await closed(leave)).state).toBe('cancelled');
  expect(await leave.account()).toEqual(before);
  expect(await leave.status()).toBe('active');
});

test.each<[string, LeaveOptions, number]>([
  ['while the account is locked', {}, 3 * DAY],
  ['of a suspicious account', SUSPICIOUS, HOUR],
])('gives back what was before, undone %s', async (_when, options, afterMs) => {
  const leave = await startLeave(engine, options);
  const before = await settingsOf(leave);
  await leave.forwardTo(afterMs);
  expect(await rejectionOf(leave.command('cancelCase', byHr))).toBe('UNDO_NEEDED');
  await leave.undo();
  const record = await closed(leave);
  expect(record).toMatchObject({ state: 'undone', needsAttention: false });
  expect(await settingsOf(leave)).toEqual(before);
  expect(await leave.status()).toBe('active');
  // Who keeps the password needs no link to set one.
  const link = record.steps.some(({ key }) => key === 'give-setup-link');
  expect(link).toBe(options === SUSPICIOUS);
});

test('is undone also in the middle of its end, and finds the account open', async () => {
  const leave = await startLeave(engine);
  engine.interceptTarget(leave.orgId, (real) => ({
    ...real,
    endAutoReply: () => Promise.resolve({ kind: 'refused', reason: 'not_now' }),
  }));
  await leave.forwardTo(leave.returnAtMs! - leave.leaveAtMs + HOUR);
  expect(await leave.record()).toMatchObject({ state: 'needs_attention' });
  expect(await leave.step('enable-account')).toMatchObject({ status: 'done' });
  engine.interceptTarget(leave.orgId, (real) => real);
  await leave.undo();
  expect((await closed(leave)).state).toBe('undone');
  expect(await leave.account()).toMatchObject({ status: 'active' });
  expect((await leave.account())?.autoReply).toBeUndefined();
  expect(await leave.status()).toBe('active');
});

test('left as it stands the person stays disabled; a departure goes on from there, and undone it leads back there', async () => {
  const leave = await startLeave(engine);
  await leave.forwardTo(DAY);
  await leave.command('cancelCase', { ...byHr, keep: true });
  expect((await closed(leave)).state).toBe('cancelled');
  expect([await leave.status(), (await leave.account())?.status]).toEqual(['disabled', 'disabled']);

  const departure = await startDeparture(engine, { of: leave, daysUntilLeave: 1 });
  await departure.forwardTo(HOUR);
  expect((await departure.step('prove-day-0')).status).toBe('done');
  expect(await leave.status()).toBe('leaving');
  await departure.undo();
  expect((await closed(departure)).state).toBe('undone');
  expect(await leave.status()).toBe('disabled');
  expect(await leave.account()).toMatchObject({ status: 'disabled', disabledReason: 'leave' });
});

test('a departure that is aborted after such a leave leaves the person disabled as well', async () => {
  const leave = await startLeave(engine);
  await leave.forwardTo(DAY);
  await leave.command('cancelCase', { ...byHr, keep: true });
  await closed(leave);
  const departure = await startDeparture(engine, { of: leave, daysUntilLeave: 1 });
  await departure.forwardTo(HOUR);
  expect(await leave.status()).toBe('leaving');
  await departure.command('cancelCase', { ...byHr, keep: true });
  expect((await closed(departure)).state).toBe('cancelled');
  expect(await leave.status()).toBe('disabled');
});

/** The next date from three weeks ahead on whose midday has another offset than the day before. */
function nextClockChange(timeZone: string): string {
  const offsetOn = (date: string): string =>
    localCalendar.localOf(localCalendar.instantOf(date, '12:00', timeZone).atMs, timeZone).offset;
  let date = localCalendar.localOf(Date.now() + 21 * DAY, timeZone).date;
  for (let day = 0; day < 400; day += 1) {
    const next = localCalendar.addDays(date, 1);
    if (offsetOn(date) !== offsetOn(next)) return next;
    date = next;
  }
  throw new Error(`${timeZone} changes no clocks`);
}

async function localDayOf(leave: TestLeave, key: string, timeZone: string) {
  const { date, time } = localCalendar.localOf((await leave.step(key)).settledAtMs!, timeZone);
  return { date, time };
}

test.each(['Europe/Zurich', 'Australia/Lord_Howe'])(
  'begins and ends at the same local time on both sides of a clock change in %s',
  async (timeZone) => {
    const change = nextClockChange(timeZone);
    const [firstDay, returnDay] = [localCalendar.addDays(change, -2), localCalendar.addDays(change, 3)];
    const leave = await startLeave(engine, { plan: { timeZone, firstDay, returnDay, time: '08:00' } });
    await leave.forwardTo(7 * DAY);
    expect((await closed(leave)).state).toBe('completed');
    expect(await localDayOf(leave, 'disable-account', timeZone)).toEqual({ date: firstDay, time: '08:00' });
    expect(await localDayOf(leave, 'enable-account', timeZone)).toEqual({ date: returnDay, time: '08:00' });
    const shiftMinutes = Math.round(Math.abs(leave.returnAtMs! - leave.leaveAtMs - 5 * DAY) / 60_000);
    expect(shiftMinutes).toBe(timeZone === 'Europe/Zurich' ? 60 : 30);
  },
);

test('comes back on 29 February as on any other day', async () => {
  const timeZone = 'Europe/Zurich';
  let year = new Date(Date.now() + 320 * DAY).getFullYear();
  while (!localCalendar.isDate(`${year}-02-29`)) year += 1;
  const plan = { timeZone, firstDay: `${year}-02-27`, returnDay: `${year}-02-29`, time: '00:00' };
  const leave = await startLeave(engine, { plan });
  await leave.forwardTo(3 * DAY);
  expect((await closed(leave)).state).toBe('completed');
  expect(await localDayOf(leave, 'enable-account', timeZone)).toEqual({
    date: `${year}-02-29`,
    time: '00:00',
  });
});
