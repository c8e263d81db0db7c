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

/** What is looked into before a suspicious account may be opened again. */
export const INVESTIGATION_ITEMS = [
  'review-sign-ins',
  'review-rules',
  'review-sent-mail',
  'talk-with-person',
  'decide',
] as const;
export type InvestigationItem = (typeof INVESTIGATION_ITEMS)[number];

/** What a suspicious account loses besides its status: everything that signs in. */
export const REVOKED_KINDS = [
  'rotatePassword',
  'revokeAppPasswords',
  'revokeOtherCredentials',
  'revokeSessions',
  'revokeOwnKeys',
] as const satisfies readonly StepKind[];

/** What may be said of a procedure of leaves. Days and local times. */
export interface LeaveTemplate {
  /** Local time at which leaves begin and end, where a leave does not say. */
  readonly time: string;
  /** How long the auto-reply of a leave without a day of return is given, in days. */
  readonly openReplyDays: number;
  /** What is attested before a suspicious account may be opened again, in this order. */
  readonly investigation: readonly InvestigationItem[];
  /** In which order a suspicious account loses what it loses. */
  readonly revokes: readonly (typeof REVOKED_KINDS)[number][];
  /** Kinds of step that this version does not have. */
  readonly leavesOut: readonly StepKind[];
}

export interface LeaveProcedure extends LeaveTemplate {
  /** With its version, e.g. `leave@1`. */
  readonly name: string;
}

/** The version that ships: what new leaves are planned with, unless the organisation put another in force. */
export const LEAVE_PROCEDURE: LeaveProcedure = {
  name: 'leave@1',
  time: '00:00',
  openReplyDays: 365,
  investigation: INVESTIGATION_ITEMS,
  revokes: REVOKED_KINDS,
  leavesOut: [],
};

/** How far the days of a leave may lie from today. */
export const LEAVE_LIMITS = { pastDays: 90, futureDays: 731, returnDays: 1_827 } as const;
