import type { AccountAccess } from './access.ts';

/**
 * What the directory knows of one account. The whole of it is one document, so that one compare-and-set changes an account
 * and records the effect of that change at the same instant.
 */
export const DIRECTORY_PROTOCOLS = ['web', 'mail', 'imap', 'pop', 'smtp', 'oauth'] as const;
/**
 * `web` takes the password only; `oauth` the password, with which a client asks for a grant, or the token of a grant; the
 * others take the password or an app password. `mail` is any of `imap`, `pop`, `smtp`: open while one of them is.
 */
export type DirectoryProtocol = (typeof DIRECTORY_PROTOCOLS)[number];

export type DirectoryRole = 'user' | 'administrator';
export type DisabledReason = 'joining' | 'leave' | 'departure' | 'suspicious';

export interface StoredSession {
  readonly id: string;
  readonly tokenHash: string;
  readonly protocol: DirectoryProtocol;
  readonly createdAtMs: number;
}

interface StoredAppPassword {
  readonly id: string;
  readonly label: string;
  readonly hash: string;
  readonly createdAtMs: number;
}

export interface MailForward {
  readonly to: string;
  readonly keepCopy: boolean;
}

/** Set by an administrator, not by the owner. Without `untilMs` it stays until somebody takes it away. */
export interface RedirectSetting extends MailForward {
  readonly untilMs?: number;
}

/** `action` is `move:<folder>`: new mail is filed there instead of in the inbox. */
export interface FilingRule {
  readonly name: string;
  readonly action: string;
}

/** Since when an alias is known to be there, and when mail last came to it. */
export interface AliasUse {
  readonly address: string;
  readonly sinceMs: number;
  /** Absent: none came since then. */
  readonly lastMailAtMs?: number;
}

/** Given from `fromMs` until just before `untilMs`, by the clock: it ends without anybody's help. */
export interface AutoReplySetting {
  readonly subject: string;
  readonly text: string;
  /** For senders of the house, in place of the other. */
  readonly internal?: { readonly subject: string; readonly text: string };
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A message that has its place in the mailbox, but may not be written yet. */
export interface IncomingMessage {
  readonly messageId: string;
  readonly sizeBytes: number;
  readonly sinceMs: number;
  /** Of a copy that was put there: the effect its arrival leaves. */
  readonly effectKey?: string;
}

/** Another account may read the mailbox until just before `untilMs`, by the clock: it ends without anybody's help. */
export interface MailboxGrant {
  readonly toAccountId: string;
  readonly untilMs: number;
}

interface Mailbox {
  readonly messageCount: number;
  readonly bytes: number;
  /** Counts up with every message that arrives or vanishes. */
  readonly revision: number;
  /** How many messages were refused because the mailbox was full. */
  readonly refusedCount: number;
  readonly lastRefusedAtMs?: number;
  readonly incoming: readonly IncomingMessage[];
}

/** An effect that is part of the account and not yet copied to the effect log. */
interface PendingEffect {
  readonly seq: number;
  readonly operation: DirectoryOperation;
  readonly effectKey: string;
  readonly atMs: number;
}

/** The words of the effect log. */
export type DirectoryOperation =
  | 'createAccount'
  | 'enable'
  | 'disable'
  | 'setPassword'
  | 'revokeAppPasswords'
  | 'revokeSessions'
  | 'removeOwnRules'
  | 'setOwnRules'
  | 'setSettings'
  | 'setProfile'
  | 'setRole'
  | 'setAutoReply'
  | 'endAutoReply'
  | 'setRedirect'
  | 'endRedirect'
  | 'keepRedirect'
  | 'dropKeptRedirect'
  | 'revokeOauthGrants'
  | 'voidLinks'
  | 'removeRecoveryMeans'
  | 'setProtocols'
  | 'setMemberships'
  | 'setDelegations'
  | 'grantMailboxAccess'
  | 'endMailboxAccess'
  | 'storeMessage'
  | 'setFileOwner'
  | 'setCalendar'
  | 'setMeeting'
  | 'deleteAccount';

/** The account as stored. `deleting`: gone for everybody, its mail is being removed; `deleted`: only the id is left. */
export interface Account extends Partial<AccountAccess> {
  readonly _id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly state: 'live' | 'deleting' | 'deleted';
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly aliases: readonly string[];
  /** Absent where nothing is known: accounts of before have none until an alias is set, or mail comes. */
  readonly aliasUse?: readonly AliasUse[];
  readonly quotaBytes: number;
  readonly role: DirectoryRole;
  readonly groups: readonly string[];
  /** A machine's account: on no list of people. */
  readonly service: boolean;
  readonly status: 'active' | 'disabled';
  readonly disabledReason?: DisabledReason;
  readonly passwordHash: string;
  readonly sessions: readonly StoredSession[];
  readonly appPasswords: readonly StoredAppPassword[];
  readonly forwards: readonly MailForward[];
  readonly rules: readonly FilingRule[];
  readonly autoReply?: AutoReplySetting;
  readonly redirect?: RedirectSetting;
  /** Since when it leads where it does; absent of one that was set before this was kept. */
  readonly redirectSinceMs?: number;
  /** Redirects of its addresses that outlive the account. Also on its stone, so nothing of them is readable here. */
  readonly keptRedirect?: { readonly digest: string };
  /** Absent: nobody else was ever let in. */
  readonly mailboxGrants?: readonly MailboxGrant[];
  readonly lastLoginAtMs?: number;
  /** Absent of an account that was made before this was kept. */
  readonly createdAtMs?: number;
  readonly mailbox: Mailbox;
  readonly pendingEffects: readonly PendingEffect[];
}

/** Addresses are compared without regard to case or surrounding space. */
export function normalAddress(address: string): string {
  return address.trim().toLowerCase();
}
