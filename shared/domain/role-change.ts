import type { AccountRole } from './person.ts';
import type { RoleRights } from './role-rights.ts';

/** What was asked for, after it was checked. Kept on the case; no part of it enters a workflow. */
export interface RoleChangeRequest {
  readonly personId: string;
  /** The template of the new role, and of the old one where there was one. */
  readonly to: string;
  readonly from?: string;
  /** Local date from which the new role counts. */
  readonly date: string;
  /** Local time of that, `HH:MM`. */
  readonly time: string;
  readonly timeZone: string;
  /** The old role's rights end this many days after the date. */
  readonly overlapDays: number;
  /** What the new role gives that the old one did not, and the other way round. */
  readonly adds: RoleRights;
  readonly removes: RoleRights;
  /** Absent: it stays. A promotion counts from the date, its end from the end of the overlap. */
  readonly accountRole?: AccountRole;
  readonly quotaBytes?: number;
  readonly managerId?: string;
  readonly department?: string;
  readonly note?: string;
}
