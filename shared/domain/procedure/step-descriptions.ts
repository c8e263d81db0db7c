import type { StepKind } from '../step-kinds.ts';
import { HANDOVER_DESCRIPTIONS } from './descriptions/handover.ts';
import { LEAVE_DESCRIPTIONS } from './descriptions/leave.ts';
import { LOCKOUT_DESCRIPTIONS } from './descriptions/lockout.ts';
import { ONBOARDING_DESCRIPTIONS } from './descriptions/onboarding.ts';
import { PEOPLE_DESCRIPTIONS } from './descriptions/people.ts';
import { PURGE_DESCRIPTIONS } from './descriptions/purge.ts';
import { ROLE_CHANGE_DESCRIPTIONS } from './descriptions/role-change.ts';
import type { StepDescription } from './descriptions/step-description.ts';
import { WAY_BACK_DESCRIPTIONS } from './descriptions/way-back.ts';

const OF_DEPARTURES = {
  ...LOCKOUT_DESCRIPTIONS,
  ...PEOPLE_DESCRIPTIONS,
  ...HANDOVER_DESCRIPTIONS,
  ...PURGE_DESCRIPTIONS,
};

/** Every kind of step there is: one without words does not compile, so that no written procedure leaves it out. */
export const STEP_DESCRIPTIONS: Readonly<Record<StepKind, StepDescription>> = {
  ...OF_DEPARTURES,
  ...WAY_BACK_DESCRIPTIONS,
  ...LEAVE_DESCRIPTIONS,
  ...ROLE_CHANGE_DESCRIPTIONS,
  ...ONBOARDING_DESCRIPTIONS,
};

/** A departure may have it. What undoes one, or belongs to other cases, no procedure of departures has, or can leave out. */
export function isOfDepartures(kind: StepKind): boolean {
  return Object.hasOwn(OF_DEPARTURES, kind);
}
