import type { StepKind } from '../step-kinds.ts';

/** What may be said of an onboarding procedure. Days and local times. */
export interface OnboardingTemplate {
  /** Where an onboarding does not say. */
  readonly createDaysBefore: number;
  /** Local time at which the account opens on the first day, where an onboarding does not say. */
  readonly startTime: string;
  /** The manager is told this many days before the first day, at the time of the notices. */
  readonly reminderDaysBefore: number;
  readonly noticeTime: string;
  /** The manager hears after this many days whether the person has signed in. */
  readonly followUpDays: number;
  /** Kinds of step that this version does not have. */
  readonly leavesOut: readonly StepKind[];
}

export interface OnboardingProcedure extends OnboardingTemplate {
  /** With its version, e.g. `onboarding@1`. */
  readonly name: string;
}

/** The version that ships: what new onboardings are planned with, unless the organisation put another in force. */
export const ONBOARDING_PROCEDURE: OnboardingProcedure = {
  name: 'onboarding@1',
  createDaysBefore: 7,
  startTime: '08:00',
  reminderDaysBefore: 2,
  noticeTime: '09:00',
  followUpDays: 7,
  leavesOut: [],
};

/** How far a first day may lie from today, in days. */
export const FIRST_DAY_LIMITS = { pastDays: 30, futureDays: 731 } as const;
