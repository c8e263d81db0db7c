import type { AccountSnapshot, AutoReply, DisableReason } from '../../shared/domain/account-snapshot.ts';
import type { AccountRef, AccountRole } from '../../shared/domain/person.ts';

export type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';

/**
 * What a connector may find or do on its target. Guarantees every connector gives (one contract test suite checks them):
 * - a write compares first and changes nothing when the wanted state is there already (`already`);
 * - `read` and the probes use another connection than the writes and never their answers;
 * - expected outcomes are values; a target that does not answer, or is busy, throws `TargetUnavailable`;
 * - no vendor type, vendor error or wall clock leaves it.
 */
export interface TargetConnector {
  readonly kind: string;
  readonly capabilities: Readonly<Record<Operation, Capability>>;
  /** The account as the target shows it now; `undefined` when the target has no such account. */
  read(ref: AccountRef): Promise<AccountSnapshot | undefined>;
  disable(ref: AccountRef, reason: DisableReason, call: Call): Promise<CallOutcome>;
  /** The secret is new and random; `already` when it is the current one. */
  setPassword(ref: AccountRef, secret: string, call: Call): Promise<CallOutcome>;
  revokeAppPasswords(ref: AccountRef, call: Call): Promise<CallOutcome>;
  revokeSessions(ref: AccountRef, call: Call): Promise<CallOutcome>;
  removeOwnRules(ref: AccountRef, call: Call): Promise<CallOutcome>;
  setRole(ref: AccountRef, role: AccountRole, call: Call): Promise<CallOutcome>;
  setAutoReply(ref: AccountRef, autoReply: AutoReply, call: Call): Promise<CallOutcome>;
  endAutoReply(ref: AccountRef, call: Call): Promise<CallOutcome>;
  /** `refused` when the mailbox changed since `mailboxRevision`, so that nothing unarchived is lost. `already` when gone. */
  deleteAccount(ref: AccountRef, mailboxRevision: number, call: Call): Promise<CallOutcome>;
  /** Tries to sign in on every protocol of the target, as the leaver would. */
  probeSignIn(ref: AccountRef, secret: string): Promise<readonly SignInProbe[]>;
  /** Signs the control account in on every protocol: shows that a refusal is not an outage. */
  probeControl(): Promise<readonly SignInProbe[]>;
  /** Every message of the mailbox, oldest first, in all folders. */
  listMessages(ref: AccountRef): AsyncIterable<MessageHeader>;
  /** The bytes as they arrived; `undefined` when the message is gone. */
  readMessage(ref: AccountRef, messageId: string): Promise<Uint8Array | undefined>;
}

/** One target as one organisation sees it: its accounts, its control account. Cheap to make. */
export type ConnectorOf = (orgId: string) => TargetConnector;

/** `composed`: made from several calls; `manual`: a person must do it; `no`: the target has no such thing. */
export type Capability = 'yes' | 'composed' | 'manual' | 'no';

export const OPERATIONS = [
  'read',
  'disable',
  'setPassword',
  'revokeAppPasswords',
  'revokeSessions',
  'removeOwnRules',
  'setRole',
  'setAutoReply',
  'endAutoReply',
  'deleteAccount',
  'proveLockedOut',
  'archive',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Identifies a write: a target that keeps such keys applies it once. */
export interface Call {
  /** `effectId(caseId, stepKey, round)` */
  readonly effectKey: string;
  /** Case time of the call. */
  readonly asOfMs: number;
}

export type CallOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'already' }
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** `refused_disabled` is the proving code: the secret was right and the account is locked. */
export interface SignInProbe {
  readonly protocol: string;
  readonly result: 'accepted' | 'refused_disabled' | 'refused_credentials' | 'unavailable';
}

export interface MessageHeader {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
}
