import type { StepKind } from '../step-kinds.ts';

/** What may be said of a procedure of role changes. Days and local times. */
export interface RoleChangeTemplate {
  /** When the new role counts from on its date, and when the old one's rights end; where a role change does not say. */
  readonly changeTime: string;
  /** Where a role change does not say. */
  readonly overlapDays: number;
  /** The manager is reminded this many days before the old rights end. */
  readonly reminderDaysBefore: number;
  readonly noticeTime: string;
  /** Kinds of step that this version does not have. */
  readonly leavesOut: readonly StepKind[];
}

export interface RoleChangeProcedure extends RoleChangeTemplate {
  /** With its version, e.g. `role-change@1`. */
  readonly name: string;
}

/** The version that ships: what new role changes are planned with, unless the organisation put another in force. */
export const ROLE_CHANGE_PROCEDURE: RoleChangeProcedure = {
  name: 'role-change@1',
  changeTime: '08:00',
  overlapDays: 14,
  reminderDaysBefore: 3,
  noticeTime: '09:00',
  leavesOut: [],
};

/** How far the date may lie from today, and how long an overlap may be, in days. */
export const ROLE_CHANGE_LIMITS = { pastDays: 30, futureDays: 731, longestOverlapDays: 365 } as const;
