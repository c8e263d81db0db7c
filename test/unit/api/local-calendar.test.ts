import { describe, expect, test } from '@jest/globals';
import { localCalendar as calendar } from '../../../shared/platform/local-calendar.ts';

const instant = (date: string, time: string, zone: string): readonly [string, boolean] => {
  const { atMs, adjusted } = calendar.instantOf(date, time, zone);
  return [new Date(atMs).toISOString(), adjusted];
};

describe('a local time becomes an instant', () => {
  test.each([
    ['in winter', '2027-01-15', '17:30', 'Europe/Zurich', '2027-01-15T16:30:00.000Z', false],
    ['in summer', '2027-07-15', '17:30', 'Europe/Zurich', '2027-07-15T15:30:00.000Z', false],
    [
      'in a missing hour: moved forward by an hour',
      '2027-03-28',
      '02:30',
      'Europe/Zurich',
      '2027-03-28T01:30:00.000Z',
      true,
    ],
    ['just before a missing hour', '2027-03-28', '01:59', 'Europe/Zurich', '2027-03-28T00:59:00.000Z', false],
    [
      'in a doubled hour: the first',
      '2027-10-31',
      '02:30',
      'Europe/Zurich',
      '2027-10-31T00:30:00.000Z',
      false,
    ],
    [
      'in a gap of half an hour',
      '2027-10-03',
      '02:15',
      'Australia/Lord_Howe',
      '2027-10-02T15:45:00.000Z',
      true,
    ],
    [
      'in a doubled half hour: the first',
      '2027-04-04',
      '01:45',
      'Australia/Lord_Howe',
      '2027-04-03T14:45:00.000Z',
      false,
    ],
    ['without clock changes', '2027-03-28', '02:30', 'Asia/Kolkata', '2027-03-27T21:00:00.000Z', false],
  ])('%s', (_what, date, time, zone, expected, adjusted) => {
    expect(instant(date, time, zone)).toEqual([expected, adjusted]);
  });

  test('keeps the local time over a clock change', () => {
    const before = instant('2027-03-27', '17:30', 'Europe/Zurich')[0];
    const after = instant(calendar.addDays('2027-03-27', 1), '17:30', 'Europe/Zurich')[0];
    expect(Date.parse(after) - Date.parse(before)).toBe(23 * 3_600_000);
  });
});

test.each([
  ['Europe/Zurich', { date: '2027-03-28', time: '03:30', offset: '+02:00' }],
  ['Australia/Lord_Howe', { date: '2027-03-28', time: '12:30', offset: '+11:00' }],
  ['Asia/Kolkata', { date: '2027-03-28', time: '07:00', offset: '+05:30' }],
])('shows an instant as it is in %s', (zone, expected) => {
  expect(calendar.localOf(Date.UTC(2027, 2, 28, 1, 30, 59), zone)).toEqual(expected);
});

test('adds days over the ends of months and years', () => {
  expect(calendar.addDays('2027-12-31', 1)).toBe('2028-01-01');
  expect(calendar.addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(calendar.addDays('2027-03-01', -1)).toBe('2027-02-28');
});

test('knows which dates exist', () => {
  expect(['2028-02-29', '2027-12-31'].every((date) => calendar.isDate(date))).toBe(true);
  expect(
    ['2027-02-29', '2026-02-30', '2027-13-01', '2027-1-1', '27-01-01', '', 'x'].some((date) =>
      calendar.isDate(date),
    ),
  ).toBe(false);
});

test('knows which zones exist; an offset is none', () => {
  expect(
    ['Europe/Zurich', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'].every((zone) => calendar.isZone(zone)),
  ).toBe(true);
  expect(['Europe/Atlantis', '+02:00', '', 'Z0', '2027-01-01'].some((zone) => calendar.isZone(zone))).toBe(
    false,
  );
});
