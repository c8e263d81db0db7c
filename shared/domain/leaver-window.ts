/**
 * The time in which a leaver takes private mail out of the mailbox, and the link that confirms it. The token itself is
 * nowhere; its hash is the id. One for each case, however often its last day is moved.
 */
export interface LeaverWindow {
  /** sha256 (hex) of the token. */
  readonly id: string;
  readonly orgId: string;
  readonly personId: string;
  readonly caseId: string;
  readonly openedAtMs: number;
  readonly confirmedAtMs?: number;
  /** The account is being locked, or the departure is over: nothing is confirmed any more. */
  readonly closedAtMs?: number;
}
