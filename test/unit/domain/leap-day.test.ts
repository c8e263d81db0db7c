import { expect, test } from '@jest/globals';
import { yearsAfter } from '../../../shared/domain/planner/departure/retention.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { plannedDeparture } from './sample-plan.ts';

const localDay = (atMs: number) => localCalendar.localOf(atMs, 'Europe/Zurich').date;
const dueDay = (steps: ReturnType<typeof plannedDeparture>['plan']['steps'], key: string) => {
  const due = steps.find((step) => step.key === key)!.due;
  return due.kind === 'at' ? localDay(due.atMs) : due.kind;
};

test('counts 29 February as a day like any other', () => {
  const { steps } = plannedDeparture({ lastDay: '2028-02-28' }).plan;
  expect(dueDay(steps, 'prove-day-1')).toBe('2028-02-29');
  expect(dueDay(steps, 'prove-day-7')).toBe('2028-03-06');
  expect(dueDay(steps, 'purge-gate')).toBe('2028-05-28');
});

test('reviews the data of a last day on 29 February on the last of February, and keeps it until a leap day', () => {
  const { steps } = plannedDeparture({ lastDay: '2028-02-29', retainUntil: '2032-02-29' }).plan;
  const reviews = steps.filter((step) => step.kind === 'reviewRetention').map((step) => step.key);
  expect(reviews.map((key) => dueDay(steps, key))).toEqual(['2029-02-28', '2030-02-28', '2031-02-28']);
  expect(dueDay(steps, 'purge-gate')).toBe('2032-02-29');
});

test('has no review where the data is kept for less than a year, and never opens the gate early', () => {
  const { steps } = plannedDeparture({ lastDay: '2026-04-01', retainUntil: '2026-04-10' }).plan;
  expect(steps.some((step) => step.kind === 'reviewRetention')).toBe(false);
  expect(dueDay(steps, 'purge-gate')).toBe('2026-06-30');
});

test('finds the day of another year', () => {
  expect(yearsAfter('2028-02-29', 4, localCalendar)).toBe('2032-02-29');
  expect(yearsAfter('2028-02-29', 10, localCalendar)).toBe('2038-02-28');
  expect(yearsAfter('2027-12-31', 1, localCalendar)).toBe('2028-12-31');
});
