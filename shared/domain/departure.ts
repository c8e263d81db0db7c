/** The auto-reply a leaver's mailbox gives. Texts stay in the database: a workflow sees instants only. */
export interface AutoReplyText {
  readonly subject: string;
  readonly text: string;
}

/** What HR asked for, after it was checked. Kept on the case; no part of it enters a workflow. */
export interface DepartureRequest {
  readonly personId: string;
  /** Local date `YYYY-MM-DD`; absent only for an urgent departure. */
  readonly lastDay?: string;
  readonly leaveTime: string;
  readonly timeZone: string;
  readonly urgent: boolean;
  readonly successorId?: string;
  readonly contactPersonId?: string;
  /** Absent: this departure gives no auto-reply. */
  readonly autoReply?: AutoReplyText & { readonly days: number };
  readonly reason: string;
  readonly note?: string;
  /** A note of whom it is for; never an identity. */
  readonly requestedBy?: string;
}
