import type { RoleChangeProcedure } from '../role-change-procedure.ts';
import type { PreviousPlan } from '../started-steps.ts';

/** What a role change is planned from. */
export interface RoleChangePlanInput {
  readonly procedure: RoleChangeProcedure;
  readonly version: number;
  /** The instant of planning. */
  readonly nowMs: number;
  readonly timeZone: string;
  /** Local date. */
  readonly date: string;
  /** Local time, `HH:MM`. */
  readonly time: string;
  readonly overlapDays: number;
  /** The targets the person has an account on, the first one first. */
  readonly targets: readonly string[];
  /** The new role gives a group, a list or another quota. */
  readonly gives: boolean;
  /** The old role gave a group or a list that the new one does not. */
  readonly takes: boolean;
  /** What becomes of the role of the account. Absent: it stays. */
  readonly role?: 'promoted' | 'demoted';
  /** Somebody can be told: a manager, or a notification address in the manager's place. */
  readonly noticePossible: boolean;
  /** The plan in force and the keys of the steps that were started, when an open case is moved or its overlap made longer. */
  readonly previous?: PreviousPlan;
}
