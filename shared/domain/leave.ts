import type { AutoReplyRequest } from './departure.ts';

/** Why somebody is locked out for a while. `suspicious`: something is wrong with the account, and somebody looks into it. */
export const LEAVE_REASONS = ['leave', 'suspicious'] as const;
export type LeaveReason = (typeof LEAVE_REASONS)[number];

/** What was asked for, after it was checked. Kept on the case; no part of it enters a workflow. */
export interface LeaveRequest {
  readonly personId: string;
  readonly reason: LeaveReason;
  /** Local date of the first day away; absent: at once. */
  readonly firstDay?: string;
  /** Local date of the first day back; absent: until somebody ends the leave. */
  readonly returnDay?: string;
  /** Local time at which the leave begins on its first day and ends on the day of the return, `HH:MM`. */
  readonly time: string;
  readonly timeZone: string;
  readonly contactPersonId?: string;
  /** Absent: none is given. */
  readonly autoReply?: AutoReplyRequest;
  readonly note?: string;
}
