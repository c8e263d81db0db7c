/** What a version says of its plans. Days and local times. */
export interface RoleChangeProcedure {
  /** `role-change@1` */
  readonly name: string;
  /** When the new role counts from on its date, and when the old one's rights end. */
  readonly changeTime: string;
  readonly overlapDays: number;
  /** The manager is reminded this many days before the old rights end. */
  readonly reminderDaysBefore: number;
  readonly noticeTime: string;
}

export const ROLE_CHANGE_PROCEDURE: RoleChangeProcedure = {
  name: 'role-change@1',
  changeTime: '08:00',
  overlapDays: 14,
  reminderDaysBefore: 3,
  noticeTime: '09:00',
};

/** Every version that shipped: an open case keeps the one it was planned with. */
const PROCEDURES: readonly RoleChangeProcedure[] = [ROLE_CHANGE_PROCEDURE];

/** Throws for a name that never was one. */
export function roleChangeProcedureNamed(name: string): RoleChangeProcedure {
  const found = PROCEDURES.find((procedure) => procedure.name === name);
  if (found === undefined) throw new Error(`there is no procedure ${name}`);
  return found;
}

/** How far the date may lie from today, and how long an overlap may be, in days. */
export const ROLE_CHANGE_LIMITS = { pastDays: 30, futureDays: 731, longestOverlapDays: 365 } as const;
