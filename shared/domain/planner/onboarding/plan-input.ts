import type { OnboardingProcedure } from '../onboarding-procedure.ts';
import type { PreviousPlan } from '../started-steps.ts';

export const ONBOARDING_WARNINGS = [
  'FIRST_DAY_PAST',
  'START_TIME_ADJUSTED',
  'CREATED_AT_ONCE',
  'REMINDER_AT_ONCE',
  'NO_MANAGER',
  'NO_NOTIFICATION_ADDRESS',
] as const;
export type OnboardingWarning = (typeof ONBOARDING_WARNINGS)[number];

export interface OnboardingPlanInput {
  readonly procedure: OnboardingProcedure;
  readonly version: number;
  /** The instant of planning. */
  readonly nowMs: number;
  readonly timeZone: string;
  /** Local date. */
  readonly firstDay: string;
  /** Local time, `HH:MM`. */
  readonly startTime: string;
  readonly createDaysBefore: number;
  /** Where the person gets an account, the first one first. */
  readonly targets: readonly string[];
  /** The account is to be in a group or on a list. */
  readonly hasMemberships: boolean;
  /** Local date of the last day, of somebody who is here for a time. */
  readonly endsOn?: string;
  /** Somebody can be told: a manager, or a notification address in the manager's place. */
  readonly noticePossible: boolean;
  /** The plan in force and the keys of the steps that were started, when an open onboarding is moved. */
  readonly previous?: PreviousPlan;
}
