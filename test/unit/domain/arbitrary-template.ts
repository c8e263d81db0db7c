import fc from 'fast-check';
import {
  DEPARTURE_PROCEDURE,
  type DepartureTemplate,
} from '../../../shared/domain/planner/departure-procedure.ts';

const day = (min: number, max: number) => fc.integer({ min, max });
export const MAY_BE_LEFT_OUT = [
  'notifyManager',
  'switchOffProtocols',
  'dropAdministratorRole',
  'removeMemberships',
] as const;

/** The usual order with a few steps changed for others, as somebody would edit it. */
const dayZero = fc.array(fc.tuple(day(0, 11), day(0, 11)), { maxLength: 2 }).map((swaps) => {
  const order = [...DEPARTURE_PROCEDURE.dayZero];
  for (const [a, b] of swaps) [order[a], order[b]] = [order[b]!, order[a]!];
  return order;
});

/** Templates near the usual one: many are accepted, and the others are refused for every sort of reason. */
export const arbitraryTemplate: fc.Arbitrary<DepartureTemplate> = fc
  .record({ purgeDay: day(20, 200), graceDays: day(12, 60) })
  .chain(({ purgeDay, graceDays }) =>
    fc.record({
      purgeDay: fc.constant(purgeDay),
      graceDays: fc.constant(graceDays),
      noticeDaysBefore: day(0, 30),
      leaverNoticeDaysBefore: day(0, 30),
      noticeTime: fc.constantFrom('00:00', '09:00', '23:59'),
      dayZero,
      leavesOut: fc.subarray([...MAY_BE_LEFT_OUT]),
      proofDays: fc
        .uniqueArray(day(1, purgeDay + 5), { minLength: 1, maxLength: 4 })
        .map((days) => days.toSorted((a, b) => a - b)),
      handoverDay: day(0, purgeDay + 5),
      archiveDay: day(0, purgeDay + 10),
      reminderDaysBefore: fc
        .uniqueArray(day(0, graceDays + 1), { minLength: 1, maxLength: 3 })
        .map((days) => days.toSorted((a, b) => b - a)),
    }),
  )
  .map((template) => ({
    ...template,
    dayZero: template.dayZero.filter((kind) => !(template.leavesOut as readonly string[]).includes(kind)),
  }));
