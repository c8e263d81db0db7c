import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import type { OnboardingPlanInput, OnboardingWarning } from './onboarding/plan-input.ts';
import { reminderOf } from './onboarding/reminder.ts';
import { stepsOfOnboarding } from './onboarding/steps.ts';
import { leaveOut, planStep } from './plan-step.ts';
import { keepStarted } from './started-steps.ts';

export interface PlannedOnboarding {
  readonly plan: Plan;
  readonly warnings: readonly OnboardingWarning[];
}

interface Anchor {
  readonly startAtMs: number;
  /** Local, as of the start. */
  readonly date: string;
  readonly time: string;
  readonly warnings: readonly OnboardingWarning[];
}

/**
 * Turns what was asked for into the frozen plan of an onboarding. Pure: the same input gives the same plan, in the API and the
 * simulation. Days are local days at the start time.
 */
export function planOnboarding(input: OnboardingPlanInput, calendar: LocalCalendar): PlannedOnboarding {
  const { procedure, version, nowMs, timeZone, createDaysBefore, previous } = input;
  const anchor = anchorOf(input, calendar);
  const onDay = (date: string): number => calendar.instantOf(date, anchor.time, timeZone).atMs;
  const wishedMs = onDay(calendar.addDays(anchor.date, -createDaysBefore));
  const reminder = reminderOf(input, anchor, calendar);
  const drafts = stepsOfOnboarding({
    nowMs,
    startAtMs: anchor.startAtMs,
    createAtMs: Math.max(wishedMs, nowMs),
    followUpAtMs: Math.max(onDay(followUpDay(input, anchor.date, calendar)), anchor.startAtMs),
    targets: input.targets.map((id, index) => (index === 0 ? {} : { id })),
    hasMemberships: input.hasMemberships,
    reminders: reminder.drafts,
    noticePossible: input.noticePossible,
  });
  const isFuture = anchor.startAtMs > nowMs;
  return {
    plan: {
      ...{ version, procedure: procedure.name, timeZone, leaveAtMs: anchor.startAtMs },
      steps: leaveOut(drafts, procedure.leavesOut)
        .map(planStep)
        .map((step) => keepStarted(step, previous)),
    },
    warnings: [
      ...anchor.warnings,
      ...(isFuture && wishedMs < nowMs && previous === undefined ? (['CREATED_AT_ONCE'] as const) : []),
      ...reminder.warnings,
    ],
  };
}

/** Whoever goes before has a departure by then, which waits for the end of this case. */
function followUpDay(
  { procedure, endsOn }: OnboardingPlanInput,
  firstDay: string,
  calendar: LocalCalendar,
): string {
  const usual = calendar.addDays(firstDay, procedure.followUpDays);
  return endsOn !== undefined && endsOn < usual ? endsOn : usual;
}

/** Whoever is here already is let in at once, and the days count from that moment. */
function anchorOf(
  { firstDay, startTime, timeZone, nowMs }: OnboardingPlanInput,
  calendar: LocalCalendar,
): Anchor {
  const { atMs, adjusted } = calendar.instantOf(firstDay, startTime, timeZone);
  if (atMs <= nowMs)
    return { startAtMs: nowMs, ...calendar.localOf(nowMs, timeZone), warnings: ['FIRST_DAY_PAST'] };
  const warnings = adjusted ? (['START_TIME_ADJUSTED'] as const) : [];
  return { startAtMs: atMs, date: firstDay, time: startTime, warnings };
}
