import type { OnboardingRequest } from '../../shared/domain/onboarding.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { OnboardingProcedure } from '../../shared/domain/planner/onboarding-procedure.ts';
import { planOnboarding, type PlannedOnboarding } from '../../shared/domain/planner/plan-onboarding.ts';
import type { PreviousPlan } from '../../shared/domain/planner/started-steps.ts';
import type { ApiContext } from '../api-context.ts';

export interface OnboardingSubject {
  readonly person: { readonly managerId?: string | undefined; readonly endsOn?: string | undefined };
  readonly organisation: Pick<Organisation, 'notificationAddresses'>;
  readonly request: Omit<OnboardingRequest, 'personId'>;
  readonly targets: readonly string[];
  /** The version in force, or the one a case goes by. */
  readonly procedure: OnboardingProcedure;
}

/** The one way a plan is made: for a new onboarding, its simulation, and a move of an open one. */
export function planOfOnboarding(
  context: Pick<ApiContext, 'calendar' | 'now'>,
  { person, organisation, request, targets, procedure }: OnboardingSubject,
  previous?: PreviousPlan,
): PlannedOnboarding {
  const { timeZone, firstDay, startTime, createDaysBefore, groups, lists } = request;
  const { managerId, endsOn } = person;
  return planOnboarding(
    {
      ...{ procedure, targets, timeZone, firstDay, startTime, createDaysBefore },
      version: (previous?.plan.version ?? 0) + 1,
      nowMs: context.now(),
      hasMemberships: groups.length + lists.length > 0,
      noticePossible: managerId !== undefined || organisation.notificationAddresses.length > 0,
      ...(endsOn === undefined ? {} : { endsOn }),
      ...(previous === undefined ? {} : { previous }),
    },
    context.calendar,
  );
}
