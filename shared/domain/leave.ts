import type { AutoReplyRequest } from './departure.ts';
import type { StepKind } from './step-kinds.ts';

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
  /**
   * Another case left the account locked: nothing is taken away, it is only opened again. The reason is then the one for which it
   * was locked.
   */
  readonly opensOnly?: true;
}

export interface LeaveProcedure {
  /** With its version, e.g. `leave@1`. */
  readonly name: string;
  /** Local time at which leaves begin and end where nothing else is asked for. */
  readonly time: string;
  /** How long the auto-reply of a leave without a day of return is given, in days. */
  readonly openReplyDays: number;
  /** What is attested before a suspicious account may be opened again, in this order. */
  readonly investigation: readonly string[];
  /** What a suspicious account loses besides its status, in this order. */
  readonly revokes: readonly StepKind[];
}

export const LEAVE_PROCEDURE: LeaveProcedure = {
  name: 'leave@1',
  time: '00:00',
  openReplyDays: 365,
  investigation: ['review-sign-ins', 'review-rules', 'review-sent-mail', 'talk-with-person', 'decide'],
  revokes: [
    'rotatePassword',
    'revokeAppPasswords',
    'revokeOtherCredentials',
    'revokeSessions',
    'revokeOwnKeys',
  ],
};

/** How far the days of a leave may lie from today. */
export const LEAVE_LIMITS = { pastDays: 90, futureDays: 731, returnDays: 1_827 } as const;
