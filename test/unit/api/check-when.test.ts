import { expect, test } from '@jest/globals';
import { checkWhen, type WantedWhen } from '../../../api/departures/check-when.ts';
import { Problem } from '../../../api/http/problem.ts';
import { localCalendar as calendar } from '../../../shared/platform/local-calendar.ts';

const defaults = { leaveTime: '17:30', timeZone: 'Europe/Zurich' };
/** 2027-01-11, half past eleven in the evening in Zurich; already the 12th in Kolkata. */
const now = () => Date.UTC(2027, 0, 11, 22, 30);

function check(wanted: Partial<WantedWhen>): unknown {
  try {
    return checkWhen({ calendar, now }, { urgent: false, ...wanted }, defaults);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

test('fills in the organisation’s time and zone', () => {
  expect(check({ lastDay: '2027-03-31' })).toEqual({ lastDay: '2027-03-31', urgent: false, ...defaults });
});

test.each([
  ['2026-10-13', 'Europe/Zurich', true],
  ['2026-10-12', 'Europe/Zurich', false],
  ['2026-10-13', 'Asia/Kolkata', false],
  ['2029-01-11', 'Europe/Zurich', true],
  ['2029-01-12', 'Europe/Zurich', false],
  ['2029-01-12', 'Asia/Kolkata', true],
])('takes %s in %s: %s, by the local date of today', (lastDay, timeZone, taken) => {
  expect(check({ lastDay, timeZone }) !== 'DATE_OUT_OF_RANGE').toBe(taken);
});

test('takes an urgent departure without a day, today, or with a day that is past', () => {
  expect(check({ urgent: true })).toEqual({ urgent: true, ...defaults });
  expect(check({ urgent: true, lastDay: '2027-01-11' })).toMatchObject({ lastDay: '2027-01-11' });
  expect(check({ urgent: true, lastDay: '2027-01-12' })).toBe('URGENT_WITH_FUTURE_DAY');
});
