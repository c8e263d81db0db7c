import type { DeletionItem } from './deletion.ts';
import type { Handover } from './handover.ts';

/** The auto-reply a leaver's mailbox gives. Texts stay in the database: a workflow sees instants only. */
export interface AutoReplyText {
  readonly subject: string;
  readonly text: string;
}

/** `internal`: for senders of the organisation; absent: they get the same. */
export interface AutoReplyTexts extends AutoReplyText {
  readonly internal?: AutoReplyText;
}

/** What is sent, and what it was made from: another contact is put into the same text. */
export interface AutoReplyRequest extends AutoReplyTexts {
  readonly days: number;
  /** With variables. Absent in the data of the first version. */
  readonly template?: AutoReplyTexts;
}

/** What becomes of the account in the end. `retain`: nothing is deleted before this local date, and then never by itself. */
export type DepartureOutcome =
  { readonly kind: 'purge' } | { readonly kind: 'retain'; readonly until: string };

/** Where a leaver's mail goes, and for how long. */
export interface RedirectRequest {
  readonly to: string;
  /** Whose address that is, where it is somebody's of the organisation. */
  readonly toPersonId?: string;
  /** Not in a domain of the organisation. */
  readonly outside: boolean;
  readonly reason: string;
  readonly keepCopy: boolean;
  /** From the last day. */
  readonly days: number;
  /** The address goes on as a redirect when the account is gone, at most until its quarantine ends. */
  readonly outliveAccount: boolean;
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
  readonly autoReply?: AutoReplyRequest;
  readonly redirect?: RedirectRequest;
  /** Absent: `purge`. */
  readonly outcome?: DepartureOutcome;
  /** Absent: nothing is handed over, as before there was a handover. */
  readonly handover?: Handover;
  /** The leaver is told this many days before the last day. Absent: not at all. */
  readonly leaverNotice?: { readonly daysBefore: number };
  /** Of a deletion, where it does not go by its procedure. */
  readonly graceDays?: number;
  /** Of a deletion: what somebody is asked about on the checklist. Who answers takes it out. */
  readonly undecided?: readonly DeletionItem[];
  readonly reason: string;
  readonly note?: string;
  /** A note of whom it is for; never an identity. */
  readonly requestedBy?: string;
}
