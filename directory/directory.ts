import type {
  AutoReplySetting,
  DirectoryProtocol,
  DirectoryRole,
  DisabledReason,
  FilingRule,
  MailboxGrant,
  MailForward,
  RedirectSetting,
} from './account.ts';
import type { AccountView } from './account-view.ts';
import type { DirectoryAccess } from './accounts/account-access.ts';
import type { AccountOverview } from './accounts/account-overview.ts';
import type { CreateAccountResult, NewAccount } from './accounts/create-account.ts';
import type { HashedAccount } from './accounts/create-accounts.ts';
import type { KeptRedirect } from './accounts/keep-redirect.ts';
import type { ManageableAccounts } from './accounts/manage-accounts.ts';
import type { ProfileChange } from './accounts/set-profile.ts';
import type { WriteCall, WriteResult } from './accounts/write-account.ts';
import type { DirectoryBelongings } from './belongings/belongings.ts';
import type { DeliveryResult, IncomingMail } from './mail/mail-room.ts';
import type { MailboxOfAnother } from './mail/read-as-other.ts';
import type { CopyKey, MessageCopy } from './mail/store-copy.ts';
import type { MessageRange, MessageSummary } from './mail/read-mailbox.ts';
import type { SignInRefusal } from './sign-in/authenticate.ts';
import type { SessionResult, SignInResult } from './sign-in/sessions.ts';
import type { DirectoryEffect, OutgoingMessage } from './store/directory-store.ts';

/**
 * The built-in target: it stands where an LDAP and a mail server would stand, and knows nothing of the engine. Expected
 * outcomes are values; every method throws `DirectoryUnavailable` when the database does not answer. A write compares
 * first, changes one account at one instant, and leaves a line in the effect log when, and only when, it changed something.
 */
export interface Directory extends DirectorySettings, DirectoryAccess, DirectoryMail, DirectoryBelongings {
  /** Makes the indexes. Safe to repeat. */
  prepare(): Promise<void>;
  createAccount(orgId: string, account: NewAccount, call?: WriteCall): Promise<CreateAccountResult>;
  /**
   * Makes many at once, each as `createAccount` would, with a password that was hashed before or that nobody has. Outcomes in the
   * order of the accounts.
   */
  createAccounts(
    orgId: string,
    accounts: readonly HashedAccount[],
    asOfMs: number,
  ): Promise<readonly CreateAccountResult[]>;
  /** Those that live, by their ids. */
  getAccounts(orgId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountView>>;
  /** The first `limit` of those that live, by their ids, from the one after `after`. Fewer: there are no more. */
  listOverviews(
    orgId: string,
    range: { readonly after?: string; readonly limit: number },
  ): Promise<readonly AccountOverview[]>;
  /** Those that live, in no order. */
  findOverviews(orgId: string, accountIds: readonly string[]): Promise<readonly AccountOverview[]>;
  /** Which of the addresses belong to a living account, and to which. */
  addressesServed(orgId: string, addresses: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** `undefined`: there is no such account, or it was deleted. */
  getAccount(orgId: string, accountId: string): Promise<AccountView | undefined>;
  /** By address or alias. */
  findByAddress(orgId: string, address: string): Promise<AccountView | undefined>;
  /** Refused `MAILBOX_CHANGED` when messages arrived or vanished since `mailboxRevision`. `already` when it is gone. */
  deleteAccount(
    orgId: string,
    accountId: string,
    mailboxRevision: number,
    call: WriteCall,
  ): Promise<WriteResult>;

  /**
   * Opens a session. `protocol` is `mail` unless said otherwise. An unknown address and a wrong secret are both
   * `INVALID_CREDENTIALS`; `ACCOUNT_DISABLED` and `PROTOCOL_OFF` are told only to whoever knew the secret.
   */
  signIn(orgId: string, address: string, secret: string, protocol?: DirectoryProtocol): Promise<SignInResult>;
  /** The answer `signIn` would give, without a session or any other change. */
  trySecret(
    orgId: string,
    address: string,
    secret: string,
    protocol: DirectoryProtocol,
  ): Promise<{ readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly code: SignInRefusal }>;
  /** Sessions of a disabled account are refused as well, also before they are revoked. */
  currentSession(token: string): Promise<SessionResult>;
  /** The app password is given here once. `undefined`: there is no such account. */
  addAppPassword(
    orgId: string,
    accountId: string,
    label: string,
  ): Promise<{ readonly id: string; readonly secret: string } | undefined>;

  /** The append-only log of what really changed, in order. The engine never reads it; tests do. */
  readEffects(orgId: string): Promise<readonly DirectoryEffect[]>;
}

/** Settings of an account. Refused `NO_SUCH_ACCOUNT` where there is none. */
interface DirectorySettings {
  disable(orgId: string, accountId: string, reason: DisabledReason, call: WriteCall): Promise<WriteResult>;
  enable(orgId: string, accountId: string, call?: WriteCall): Promise<WriteResult>;
  /** `already` when the secret is the current one. */
  setPassword(orgId: string, accountId: string, secret: string, call: WriteCall): Promise<WriteResult>;
  revokeAppPasswords(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  revokeSessions(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  /** The owner's forwards and filing rules; a redirect stays. */
  removeOwnRules(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  /** Exactly these, in place of all the owner has. */
  setOwnRules(
    orgId: string,
    accountId: string,
    rules: Pick<AccountView, 'forwards' | 'rules'>,
    call: WriteCall,
  ): Promise<WriteResult>;
  /** Refused `ADDRESS_TAKEN` when an alias belongs to another account. */
  setSettings(
    orgId: string,
    accountId: string,
    settings: Pick<AccountView, 'aliases' | 'quotaBytes'>,
    call: WriteCall,
  ): Promise<WriteResult>;
  /** Names, addresses, quota and role at one instant. Refused `ADDRESS_TAKEN` when an address belongs to another account. */
  setProfile(orgId: string, accountId: string, change: ProfileChange, call: WriteCall): Promise<WriteResult>;
  /** The accounts this one may manage: all of them, or none unless it is an administrator's that may sign in. */
  manageableAccounts(
    orgId: string,
    accountId: string,
    range: { readonly after?: string; readonly limit: number },
  ): Promise<ManageableAccounts>;
  setRole(orgId: string, accountId: string, role: DirectoryRole, call: WriteCall): Promise<WriteResult>;
  setAutoReply(
    orgId: string,
    accountId: string,
    autoReply: AutoReplySetting,
    call: WriteCall,
  ): Promise<WriteResult>;
  endAutoReply(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  /** `undefined` ends it. A redirect with an end gives way to the mailbox by itself. */
  setRedirect(
    orgId: string,
    accountId: string,
    redirect: RedirectSetting | undefined,
    call?: WriteCall,
  ): Promise<WriteResult>;
  /** Its addresses go on as redirects once the account is gone. Refused `NOT_AN_ADDRESS_OF_IT` for another address. */
  keepRedirect(orgId: string, accountId: string, kept: KeptRedirect, call: WriteCall): Promise<WriteResult>;
  /** Ends those redirects, with the account or without it. */
  dropKeptRedirect(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  /** Also after its end, until it is dropped. */
  readKeptRedirect(orgId: string, accountId: string): Promise<KeptRedirect | undefined>;
  addForward(orgId: string, accountId: string, forward: MailForward): Promise<WriteResult>;
  /** Refused `UNKNOWN_ACTION` unless the action is `move:<folder>`. */
  addRule(orgId: string, accountId: string, rule: FilingRule): Promise<WriteResult>;
}

interface DirectoryMail {
  deliver(orgId: string, mail: IncomingMail): Promise<DeliveryResult>;
  /** Whether the account would take a message of this size at this moment. Leaves nothing. */
  takesMail(orgId: string, accountId: string, sizeBytes: number): Promise<boolean>;
  listMessages(orgId: string, accountId: string): AsyncGenerator<MessageSummary>;
  pageOfMessages(orgId: string, accountId: string, range: MessageRange): Promise<readonly MessageSummary[]>;
  readMessage(orgId: string, accountId: string, messageId: string): Promise<Uint8Array | undefined>;
  /** The auto-replies an account gave, oldest first, from the one after `afterId`. */
  listOutgoing(
    orgId: string,
    accountId: string,
    afterId: string,
    limit: number,
  ): Promise<readonly OutgoingMessage[]>;
  /** A copy of another mailbox's message, once for each key. Refused `MAILBOX_FULL`. */
  storeCopy(orgId: string, accountId: string, copy: MessageCopy, call: WriteCall): Promise<WriteResult>;
  readCopy(orgId: string, accountId: string, key: CopyKey): Promise<Uint8Array | undefined>;
  grantMailboxAccess(
    orgId: string,
    accountId: string,
    grant: MailboxGrant,
    call: WriteCall,
  ): Promise<WriteResult>;
  endMailboxAccess(
    orgId: string,
    accountId: string,
    toAccountId: string,
    call: WriteCall,
  ): Promise<WriteResult>;
  /** One account reads the mailbox of another: refused without a grant, and after its end. */
  readMailboxAs(
    orgId: string,
    of: { readonly readerId: string; readonly accountId: string },
    range: MessageRange,
  ): Promise<MailboxOfAnother>;
}
