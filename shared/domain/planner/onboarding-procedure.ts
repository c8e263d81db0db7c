/** What may be said of an onboarding procedure. Days and local times. */
export interface OnboardingProcedure {
  /** With its version, e.g. `onboarding@1`. */
  readonly name: string;
  /** Where an onboarding does not say. */
  readonly createDaysBefore: number;
  /** Local time at which the account opens on the first day, where an onboarding does not say. */
  readonly startTime: string;
  /** The manager is told this many days before the first day, at the time of the notices. */
  readonly reminderDaysBefore: number;
  readonly noticeTime: string;
  /** The manager hears after this many days whether the person has signed in. */
  readonly followUpDays: number;
}

/** What new onboardings are planned with. */
export const ONBOARDING_PROCEDURE: OnboardingProcedure = {
  name: 'onboarding@1',
  createDaysBefore: 7,
  startTime: '08:00',
  reminderDaysBefore: 2,
  noticeTime: '09:00',
  followUpDays: 7,
};

/** Every version that shipped: an open case keeps the one it was planned with. */
const BUILT_IN: readonly OnboardingProcedure[] = [ONBOARDING_PROCEDURE];

/** A version that ships. Throws for a name that never was one. */
export function onboardingProcedureNamed(name: string): OnboardingProcedure {
  const found = BUILT_IN.find((procedure) => procedure.name === name);
  if (found === undefined) throw new Error(`there is no procedure ${name}`);
  return found;
}

/** How far a first day may lie from today, in days. */
export const FIRST_DAY_LIMITS = { pastDays: 30, futureDays: 731 } as const;
