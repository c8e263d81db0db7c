import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startRoleChange, type TestRoleChange } from '../support/role-change.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const offsetOn = (date: string, timeZone: string): string =>
  localCalendar.localOf(localCalendar.instantOf(date, '12:00', timeZone).atMs, timeZone).offset;

/** The next date from in twelve days on whose midday has another offset than the day before. */
function nextClockChange(timeZone: string): string {
  let date = localCalendar.localOf(Date.now() + 12 * DAY, timeZone).date;
  while (offsetOn(date, timeZone) === offsetOn(localCalendar.addDays(date, 1), timeZone))
    date = localCalendar.addDays(date, 1);
  return localCalendar.addDays(date, 1);
}

async function settledLocally(change: TestRoleChange, key: string, timeZone: string) {
  const { settledAtMs } = await change.step(key);
  return localCalendar.localOf(settledAtMs!, timeZone);
}

test.each(['Europe/Zurich', 'Australia/Lord_Howe'])(
  'begins and ends at the same local time on both sides of a clock change in %s',
  async (timeZone) => {
    const date = localCalendar.addDays(nextClockChange(timeZone), -5);
    const change = await startRoleChange(engine, { request: { timeZone, date } });
    await change.forwardTo(14 * DAY + 2 * HOUR);
    const began = await settledLocally(change, 'add-rights', timeZone);
    const ended = await settledLocally(change, 'remove-old-rights', timeZone);
    expect(began).toMatchObject({ date, time: '08:00' });
    expect(ended).toMatchObject({ date: localCalendar.addDays(date, 14), time: '08:00' });
    expect(ended.offset).not.toBe(began.offset);
  },
);

test('ends on 29 February as on any other day', async () => {
  const timeZone = 'Europe/Zurich';
  let year = new Date(Date.now() + 320 * DAY).getFullYear();
  while (!localCalendar.isDate(`${year}-02-29`)) year += 1;
  const change = await startRoleChange(engine, { request: { timeZone, date: `${year}-02-15` } });
  await change.forwardTo(15 * DAY);
  expect(await settledLocally(change, 'remove-old-rights', timeZone)).toMatchObject({
    ...{ date: `${year}-02-29`, time: '08:00' },
  });
});
