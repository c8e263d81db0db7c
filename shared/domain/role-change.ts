import type { AccountRole } from './person.ts';

/** Rights that a role gives on an account. */
export interface RoleRights {
  readonly groups: readonly string[];
  readonly lists: readonly string[];
}

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
  readonly accountRole?: AccountRole;
  readonly quotaBytes?: number;
  readonly managerId?: string;
  readonly department?: string;
  readonly note?: string;
}
