import type {
  AccountSnapshot,
  AutoReply,
  Delegation,
  DisableReason,
  ProtocolSwitches,
  Redirect,
} from '../../shared/domain/account-snapshot.ts';
import type { Call, CallOutcome } from './call.ts';
import type { HandoverOperations } from './handover-operations.ts';
import { HANDOVER_OPERATIONS, type Capability } from '../../shared/domain/target-capabilities.ts';
import type { AccountRef, AccountRole } from '../../shared/domain/person.ts';
import type { AccountFacts } from '../../shared/domain/reviews/account-facts.ts';

export type { Call, CallOutcome } from './call.ts';
export type { Capability } from '../../shared/domain/target-capabilities.ts';
export type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';

/**
 * What a connector may find or do on its target. Guarantees every connector gives (one contract test suite checks them):
 * - a write compares first and changes nothing when the wanted state is there already (`already`);
 * - reads and probes use another connection than the writes and never their answers;
 * - expected outcomes are values; a target that does not answer, or is busy, throws `TargetUnavailable`;
 * - no vendor type, vendor error or wall clock leaves it.
 */
export interface TargetConnector extends HandoverOperations {
  readonly kind: string;
  readonly capabilities: Readonly<Record<Operation, Capability>>;
  /** The account as the target shows it now; `undefined` when the target has no such account. */
  read(ref: AccountRef): Promise<AccountSnapshot | undefined>;
  /**
   * The first `limit` accounts of the organisation, whoever they belong to, by their ids, from the one after `after`. Fewer: there are
   * no more. The control account is not among them. Reads no more of each than is told.
   */
  listAccounts(page: { readonly after?: string; readonly limit: number }): Promise<readonly AccountFacts[]>;
  /** The same of these accounts, by their ids; what the target does not have is absent. */
  readMany(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountFacts>>;
  /**
   * Makes the account, closed for the reason `joining` and with a secret nobody knows. `already` when there is one of this id,
   * whatever it is like by now; `refused` when an address belongs to another account.
   */
  createAccount(ref: AccountRef, account: NewAccount, call: Call): Promise<CallOutcome>;
  disable(ref: AccountRef, reason: DisableReason, call: Call): Promise<CallOutcome>;
  /** The secret is new and random; `already` when it is the current one. */
  enable(ref: AccountRef, call: Call): Promise<CallOutcome>;
  setPassword(ref: AccountRef, secret: string, call: Call): Promise<CallOutcome>;
  revokeAppPasswords(ref: AccountRef, call: Call): Promise<CallOutcome>;
  revokeSessions(ref: AccountRef, call: Call): Promise<CallOutcome>;
  removeOwnRules(ref: AccountRef, call: Call): Promise<CallOutcome>;
  /** Exactly these forwards and rules of the owner. */
  setOwnRules(ref: AccountRef, rules: OwnRules, call: Call): Promise<CallOutcome>;
  /** Exactly these aliases, and this quota. `refused` when an alias belongs to another account. */
  setSettings(ref: AccountRef, settings: AccountSettings, call: Call): Promise<CallOutcome>;
  setRole(ref: AccountRef, role: AccountRole, call: Call): Promise<CallOutcome>;
  revokeOauthGrants(ref: AccountRef, call: Call): Promise<CallOutcome>;
  /** The target's own setup and reset links that nobody used yet. */
  voidLinks(ref: AccountRef, call: Call): Promise<CallOutcome>;
  /** Second factors and ways of recovery. */
  removeRecoveryMeans(ref: AccountRef, call: Call): Promise<CallOutcome>;
  setProtocols(ref: AccountRef, protocols: ProtocolSwitches, call: Call): Promise<CallOutcome>;
  /** Exactly these groups and lists. */
  setMemberships(ref: AccountRef, memberships: Memberships, call: Call): Promise<CallOutcome>;
  /** Exactly these rights on the mailboxes and calendars of others. */
  setDelegations(ref: AccountRef, delegations: readonly Delegation[], call: Call): Promise<CallOutcome>;
  setAutoReply(ref: AccountRef, autoReply: AutoReply, call: Call): Promise<CallOutcome>;
  endAutoReply(ref: AccountRef, call: Call): Promise<CallOutcome>;
  /** `undefined` ends it. The target ends a redirect with `untilMs` by itself. */
  setRedirect(ref: AccountRef, redirect: Redirect | undefined, call: Call): Promise<CallOutcome>;
  /**
   * These addresses of the account go on as redirects once it is deleted; set while it lives, so that no mail falls in
   * between. The target ends them by itself; `undefined` ends them now, also when the account is gone.
   */
  keepRedirect(ref: AccountRef, kept: KeptRedirect | undefined, call: Call): Promise<CallOutcome>;
  /** What is kept of an account, gone or not, over another connection; also after its end, until it is dropped. */
  readKeptRedirect(ref: AccountRef): Promise<KeptRedirect | undefined>;
  /** `refused` when the mailbox changed since `mailboxRevision`, so that nothing unarchived is lost. `already` when gone. */
  deleteAccount(ref: AccountRef, mailboxRevision: number, call: Call): Promise<CallOutcome>;
  /** Tries to sign in on every protocol of the target, as the leaver would. */
  probeSignIn(ref: AccountRef, secret: string): Promise<readonly SignInProbe[]>;
  /** Signs the control account in on every protocol: shows that a refusal is not an outage. */
  probeControl(): Promise<readonly SignInProbe[]>;
  /** Asks the target whether it would take mail for the account now, and leaves none there. */
  probeDelivery(ref: AccountRef): Promise<DeliveryProbe>;
  /** Every message of the mailbox, oldest first, in all folders. */
  listMessages(ref: AccountRef): AsyncIterable<MessageHeader>;
  /** The bytes as they arrived; `undefined` when the message is gone. */
  readMessage(ref: AccountRef, messageId: string): Promise<Uint8Array | undefined>;
}

/** One target as one organisation sees it: its accounts, its control account. Cheap to make. */
export type ConnectorOf = (orgId: string) => TargetConnector;

/** Lower-case addresses, sorted. */
export interface KeptRedirect {
  readonly addresses: readonly string[];
  readonly to: string;
  readonly untilMs: number;
}

export interface NewAccount {
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly quotaBytes: number;
  readonly role: AccountRole;
}

export type OwnRules = Pick<AccountSnapshot, 'forwards' | 'rules'>;
export interface Memberships {
  readonly groups: readonly string[];
  readonly lists: readonly string[];
}
export type AccountSettings = Pick<AccountSnapshot, 'aliases' | 'quotaBytes'>;

export const OPERATIONS = [
  'read',
  'listAccounts',
  'createAccount',
  'disable',
  'enable',
  'setPassword',
  'revokeAppPasswords',
  'revokeSessions',
  'removeOwnRules',
  'setOwnRules',
  'setSettings',
  'setRole',
  'revokeOauthGrants',
  'voidLinks',
  'removeRecoveryMeans',
  'setProtocols',
  'setMemberships',
  'setDelegations',
  'setAutoReply',
  'endAutoReply',
  'setRedirect',
  'keepRedirect',
  'deleteAccount',
  'proveLockedOut',
  'archive',
  ...Object.values(HANDOVER_OPERATIONS),
  'endMailboxAccess',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * `refused_disabled` is the proving code: the secret was right and the account is locked. `refused_protocol`: the secret
 * was right and the account is not locked, only this way in is closed.
 */
export interface SignInProbe {
  readonly protocol: string;
  readonly result:
    'accepted' | 'refused_disabled' | 'refused_protocol' | 'refused_credentials' | 'unavailable';
}

/** `no_mail`: the target has no mailboxes. */
export type DeliveryProbe = 'taken' | 'refused' | 'no_mail';

export interface MessageHeader {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
}
