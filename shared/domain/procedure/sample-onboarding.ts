import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import type { OnboardingProcedure } from '../planner/onboarding-procedure.ts';
import type { OnboardingPlanInput } from '../planner/onboarding/plan-input.ts';
import { planOnboarding } from '../planner/plan-onboarding.ts';
import { SAMPLE_ASKED_AT_MS, SAMPLE_DAY, SAMPLE_ZONE } from './sample-day.ts';

/** Nobody's onboarding, by the planner of all onboardings, with everything one can have. */
export function sampleOnboarding(
  procedure: OnboardingProcedure,
  calendar: LocalCalendar,
  overrides: Partial<OnboardingPlanInput> = {},
): Plan {
  const { startTime, createDaysBefore } = procedure;
  const { plan } = planOnboarding(
    {
      ...{ procedure, version: 1, nowMs: SAMPLE_ASKED_AT_MS, timeZone: SAMPLE_ZONE, firstDay: SAMPLE_DAY },
      ...{ startTime, createDaysBefore, targets: ['first'], hasMemberships: true, noticePossible: true },
      ...overrides,
    },
    calendar,
  );
  return plan;
}
