import type { StepKind } from '../step-kinds.ts';
import { HANDOVER_DESCRIPTIONS } from './descriptions/handover.ts';
import { LEAVE_DESCRIPTIONS } from './descriptions/leave.ts';
import { LOCKOUT_DESCRIPTIONS } from './descriptions/lockout.ts';
import { PEOPLE_DESCRIPTIONS } from './descriptions/people.ts';
import { PURGE_DESCRIPTIONS } from './descriptions/purge.ts';
import type { StepDescription } from './descriptions/step-description.ts';
import { WAY_BACK_DESCRIPTIONS } from './descriptions/way-back.ts';

/** Every kind of step there is: one without words does not compile, so that no written procedure leaves it out. */
export const STEP_DESCRIPTIONS: Readonly<Record<StepKind, StepDescription>> = {
  ...LOCKOUT_DESCRIPTIONS,
  ...PEOPLE_DESCRIPTIONS,
  ...HANDOVER_DESCRIPTIONS,
  ...PURGE_DESCRIPTIONS,
  ...WAY_BACK_DESCRIPTIONS,
  ...LEAVE_DESCRIPTIONS,
};

/** Belongs to the undoing of a departure: no procedure has it, or can leave it out. */
export function isWayBack(kind: StepKind): boolean {
  return Object.hasOwn(WAY_BACK_DESCRIPTIONS, kind);
}
