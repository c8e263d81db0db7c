/** The numbers of the departure procedure. Plan, simulation and written document are made from them. Days and local times. */
export interface DepartureProcedure {
  readonly name: string;
  readonly noticeDaysBefore: number;
  readonly noticeTime: string;
  /** Days after the lockout on which it is proven again. */
  readonly proofDays: readonly number[];
  readonly archiveDay: number;
  readonly purgeDay: number;
  readonly graceDays: number;
  /** Days before the end of the grace. */
  readonly reminderDaysBefore: readonly number[];
}

export const DEPARTURE_PROCEDURE: DepartureProcedure = {
  name: 'departure@1',
  noticeDaysBefore: 7,
  noticeTime: '09:00',
  proofDays: [1, 7, 30],
  archiveDay: 60,
  purgeDay: 90,
  graceDays: 30,
  reminderDaysBefore: [14, 3, 1],
};

/** How far a last day may lie from today, in days. */
export const LAST_DAY_LIMITS = { pastDays: 90, futureDays: 731 } as const;
