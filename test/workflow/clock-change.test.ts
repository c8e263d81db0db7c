import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { DAY, HOUR, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const offsetOn = (date: string, timeZone: string): string =>
  localCalendar.localOf(localCalendar.instantOf(date, '12:00', timeZone).atMs, timeZone).offset;

/** The next date from now on whose midday has another offset than the day before; with `forward`, one on which clocks go ahead. */
function nextClockChange(timeZone: string, forward = false): string {
  let date = localCalendar.localOf(Date.now() + 12 * DAY, timeZone).date;
  for (let day = 0; day < 400; day += 1) {
    const next = localCalendar.addDays(date, 1);
    const [before, after] = [offsetOn(date, timeZone), offsetOn(next, timeZone)];
    if (before !== after && (!forward || after > before)) return next;
    date = next;
  }
  throw new Error(`${timeZone} changes no clocks`);
}

async function executedLocally(departure: TestDeparture, key: string, timeZone: string) {
  const { settledAtMs } = await departure.step(key);
  const { date, time, offset } = localCalendar.localOf(settledAtMs!, timeZone);
  return { date, time, offset, settledAtMs: settledAtMs! };
}

const LEAVE_TIME = '17:30';

test.each(['Europe/Zurich', 'Australia/Lord_Howe'])(
  'acts at the local leave time on both sides of a clock change in %s',
  async (timeZone) => {
    const lastDay = localCalendar.addDays(nextClockChange(timeZone), -3);
    const departure = await startDeparture(engine, { plan: { timeZone, lastDay, leaveTime: LEAVE_TIME } });
    await departure.forwardTo(8 * DAY);
    const zero = await executedLocally(departure, 'disable-account', timeZone);
    const one = await executedLocally(departure, 'prove-day-1', timeZone);
    const seven = await executedLocally(departure, 'prove-day-7', timeZone);
    expect(zero).toMatchObject({ date: lastDay, time: LEAVE_TIME });
    expect(one).toMatchObject({ date: localCalendar.addDays(lastDay, 1), time: LEAVE_TIME });
    expect(seven).toMatchObject({ date: localCalendar.addDays(lastDay, 7), time: LEAVE_TIME });

    expect(seven.offset).not.toBe(one.offset);
    const elapsed = seven.settledAtMs - one.settledAtMs;
    const shiftMinutes = Math.round(Math.abs(elapsed - 6 * DAY) / 60_000);
    expect(shiftMinutes).toBe(timeZone === 'Europe/Zurich' ? 60 : 30);
  },
);

test('keeps whole days of 24 hours where no clock ever changes', async () => {
  const timeZone = 'Asia/Kolkata';
  const lastDay = localCalendar.addDays(nextClockChange('Europe/Zurich'), -3);
  const departure = await startDeparture(engine, { plan: { timeZone, lastDay, leaveTime: LEAVE_TIME } });
  await departure.forwardTo(31 * DAY);
  for (const days of [1, 7, 30]) {
    const proof = await executedLocally(departure, `prove-day-${days}`, timeZone);
    expect(proof).toMatchObject({
      date: localCalendar.addDays(lastDay, days),
      time: LEAVE_TIME,
      offset: '+05:30',
    });
    expect((await departure.step(`prove-day-${days}`)).dueAtMs).toBe(departure.leaveAtMs + days * DAY);
  }
});

test('locks at the first moment after a leave time that the clock change leaves out', async () => {
  const timeZone = 'Europe/Zurich';
  const lastDay = nextClockChange(timeZone, true);
  const plan = { timeZone, lastDay, leaveTime: '02:30' };
  const departure = await startDeparture(engine, { plan });
  expect(departure.plan(plan).warnings).toContain('LEAVE_TIME_ADJUSTED');
  await departure.forwardTo(HOUR);
  expect(await executedLocally(departure, 'disable-account', timeZone)).toMatchObject({
    date: lastDay,
    time: '03:30',
  });
  await departure.forwardTo(DAY + HOUR);
  expect(await executedLocally(departure, 'prove-day-1', timeZone)).toMatchObject({ time: '02:30' });
});

test('acts on 29 February as on any other day', async () => {
  const timeZone = 'Europe/Zurich';
  const isLeapYear = (year: number): boolean => localCalendar.isDate(`${year}-02-29`);
  let year = new Date(Date.now() + 320 * DAY).getFullYear();
  while (!isLeapYear(year)) year += 1;
  const plan = { timeZone, lastDay: `${year}-02-28`, leaveTime: LEAVE_TIME };
  const departure = await startDeparture(engine, { plan });
  await departure.forwardTo(8 * DAY);
  const dayOf = (key: string) => executedLocally(departure, key, timeZone);
  expect(await dayOf('disable-account')).toMatchObject({ date: `${year}-02-28`, time: LEAVE_TIME });
  expect(await dayOf('prove-day-1')).toMatchObject({ date: `${year}-02-29`, time: LEAVE_TIME });
  expect(await dayOf('prove-day-7')).toMatchObject({ date: `${year}-03-06`, time: LEAVE_TIME });
});
