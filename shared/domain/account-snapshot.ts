import type { AccountRole } from './person.ts';

/** `joining`: made before its first day, and not opened yet. */
export const DISABLE_REASONS = ['joining', 'leave', 'departure', 'suspicious'] as const;
export type DisableReason = (typeof DISABLE_REASONS)[number];

export interface AutoReply {
  readonly subject: string;
  readonly text: string;
  /** For senders of the organisation, in place of the other. */
  readonly internal?: { readonly subject: string; readonly text: string };
  readonly fromMs: number;
  /** The target ends it by itself at this instant, whatever happens to us. */
  readonly untilMs: number;
}

export interface Forward {
  readonly to: string;
  readonly keepCopy: boolean;
}

/** Set by an administrator. Without `untilMs` the target does not end it by itself. */
export interface Redirect {
  readonly to: string;
  readonly keepCopy: boolean;
  readonly untilMs?: number;
}

export interface MailRule {
  readonly name: string;
  readonly action: string;
}

/** The ways in for mail programs; `true`: open. */
export interface ProtocolSwitches {
  readonly imap: boolean;
  readonly pop: boolean;
  readonly smtp: boolean;
}

/** A right of the account on the mailbox or calendar of another account of its target. */
export interface Delegation {
  readonly ownerAccountId: string;
  readonly resource: 'mailbox' | 'calendar';
  readonly right: 'read' | 'write' | 'owner';
}

/** Plain JSON; stored as evidence. Never holds a secret: `passwordFingerprint` is a hash of the stored hash. */
export interface AccountSnapshot {
  readonly status: 'active' | 'disabled';
  readonly disabledReason?: DisableReason;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly role: AccountRole;
  readonly groups: readonly string[];
  readonly quotaBytes: number;
  readonly passwordFingerprint: string;
  readonly sessionCount: number;
  readonly appPasswordCount: number;
  // What a target does not have is absent; evidence of 0.1.0 has none of it.
  readonly oauthGrantCount?: number;
  /** Setup and reset links of the target that nobody used and nobody made void. */
  readonly openLinkCount?: number;
  /** Second factors and ways of recovery. */
  readonly recoveryMeansCount?: number;
  readonly protocols?: ProtocolSwitches;
  readonly lists?: readonly string[];
  readonly delegations?: readonly Delegation[];
  readonly forwards: readonly Forward[];
  readonly rules: readonly MailRule[];
  readonly autoReply?: AutoReply;
  readonly redirect?: Redirect;
  /** Who else may read the mailbox; absent: nobody. */
  readonly mailboxGrants?: readonly { readonly toAccountId: string; readonly untilMs: number }[];
  /** Of the kinds a step is about to hand over: the ids of what the account owned. */
  readonly belongings?: Readonly<Partial<Record<'files' | 'calendars' | 'meetings', readonly string[]>>>;
  readonly lastLoginAtMs?: number;
  /** `revision` changes with every arriving or vanishing message. */
  readonly mailbox: { readonly messageCount: number; readonly bytes: number; readonly revision: number };
}
