import { ulid } from 'ulid';
import { viewOf } from './account-view.ts';
import { createAccountAccess } from './accounts/account-access.ts';
import { findOverviews, listOverviews } from './accounts/account-overview.ts';
import * as writes from './accounts/account-writes.ts';
import { endingAccess, grantingAccess } from './accounts/mailbox-grants.ts';
import { changeAccount } from './accounts/change-account.ts';
import { createAccount } from './accounts/create-account.ts';
import { createAccounts } from './accounts/create-accounts.ts';
import { deleteAccount } from './accounts/delete-account.ts';
import { readEffects } from './accounts/effect-log.ts';
import { dropKeptRedirect, keepRedirect, readKeptRedirect } from './accounts/keep-redirect.ts';
import { manageableAccounts } from './accounts/manage-accounts.ts';
import { setProfile } from './accounts/set-profile.ts';
import { setSettings } from './accounts/set-settings.ts';
import { writeAccount } from './accounts/write-account.ts';
import type { Write, WriteCall } from './accounts/write-account.ts';
import { createBelongings } from './belongings/belongings.ts';
import type { Directory } from './directory.ts';
import { deliver, FILE_INTO, takesMail } from './mail/deliver.ts';
import type { DepartingMail, MailRoom } from './mail/mail-room.ts';
import { readMailboxAs } from './mail/read-as-other.ts';
import { readCopy, storeCopy } from './mail/store-copy.ts';
import { listMessages, listOutgoing, pageOfMessages, readMessage } from './mail/read-mailbox.ts';
import { accountAt, addressesServed, authenticate } from './sign-in/authenticate.ts';
import { hashToken, randomToken } from './sign-in/secrets.ts';
import { currentSession, signIn } from './sign-in/sessions.ts';
import type { StoreConnection } from './store/collection.ts';
import { createDirectoryStore } from './store/directory-store.ts';

export interface DirectoryOptions {
  readonly connection: StoreConnection;
  /** Of a further directory in the same database, `[a-z][a-z0-9-]*`; the first one has none. */
  readonly name?: string | undefined;
  /** Ends auto-replies and dates mail and sign-ins. Under time skipping it must be the same clock as the engine's. */
  readonly clock: { now(): number };
  /** Takes mail for addresses the directory does not serve; throws when it cannot. Addresses it serves never come here. */
  readonly sendMail: (mail: DepartingMail) => Promise<void>;
  /** False only in the test which shows that the effect log notices writes made twice. */
  readonly compareFirst?: boolean;
}

export function createDirectory({
  connection,
  name,
  clock,
  sendMail,
  compareFirst = true,
}: DirectoryOptions): Directory {
  const store = createDirectoryStore(connection, name);
  const now = () => clock.now();
  const room: MailRoom = { store, sendMail, now };
  const write = (orgId: string, accountId: string, what: Write, call: WriteCall) =>
    writeAccount(store, { orgId, accountId, compareFirst }, what, call);
  const byHand = (): WriteCall => ({ effectKey: `hand:${ulid(now())}`, asOfMs: now() });

  return {
    prepare: () => store.prepare(),
    createAccount: (orgId, account, call = { effectKey: `create:${account.id}`, asOfMs: now() }) =>
      createAccount(store, orgId, account, call),
    createAccounts: (orgId, accounts, asOfMs) => createAccounts(store, orgId, accounts, asOfMs),
    getAccounts: async (orgId, accountIds) => {
      const found = await store.accounts.findMany(orgId, accountIds);
      return new Map(
        found.filter(({ state }) => state === 'live').map((account) => [account._id, viewOf(account)]),
      );
    },
    listOverviews: (orgId, range) => listOverviews(store, orgId, range),
    findOverviews: (orgId, accountIds) => findOverviews(store, orgId, accountIds),
    addressesServed: (orgId, addresses) => addressesServed(store, orgId, addresses),
    getAccount: async (orgId, accountId) => {
      const account = await store.accounts.find(orgId, accountId);
      return account?.state === 'live' ? viewOf(account) : undefined;
    },
    findByAddress: async (orgId, address) => {
      const account = await accountAt(store, orgId, address);
      return account === undefined ? undefined : viewOf(account);
    },
    deleteAccount: (orgId, accountId, mailboxRevision, call) =>
      deleteAccount(store, orgId, accountId, mailboxRevision, call),

    signIn: (orgId, address, secret, protocol = 'mail') =>
      signIn(store, orgId, address, secret, protocol, now()),
    trySecret: async (orgId, address, secret, protocol) => {
      const answer = await authenticate(store, orgId, address, secret, protocol);
      return answer.kind === 'accepted' ? { kind: 'accepted' } : answer;
    },
    currentSession: (token) => currentSession(store, token),
    addAppPassword: (orgId, accountId, label) => {
      const secret = randomToken();
      const added = { id: `app_${ulid(now())}`, label, hash: hashToken(secret), createdAtMs: now() };
      return changeAccount(store, orgId, accountId, (account) =>
        account.state === 'live'
          ? {
              kind: 'change',
              next: { ...account, appPasswords: [...account.appPasswords, added] },
              result: { id: added.id, secret },
            }
          : { kind: 'keep', result: undefined },
      );
    },

    ...createAccountAccess({ store, now, write, byHand }),
    disable: (orgId, accountId, reason, call) => write(orgId, accountId, writes.disabling(reason), call),
    enable: (orgId, accountId, call = byHand()) => write(orgId, accountId, writes.enabling(), call),
    setPassword: async (orgId, accountId, secret, call) =>
      write(orgId, accountId, await writes.settingPassword(secret), call),
    revokeAppPasswords: (orgId, accountId, call) =>
      write(orgId, accountId, writes.revokingAppPasswords(), call),
    revokeSessions: (orgId, accountId, call) => write(orgId, accountId, writes.revokingSessions(), call),
    removeOwnRules: (orgId, accountId, call) => write(orgId, accountId, writes.removingOwnRules(), call),
    setOwnRules: (orgId, accountId, rules, call) =>
      write(orgId, accountId, writes.settingOwnRules(rules), call),
    setSettings: (orgId, accountId, settings, call) =>
      setSettings(store, { orgId, accountId, compareFirst }, settings, call),
    setProfile: (orgId, accountId, change, call) =>
      setProfile(store, { orgId, accountId, compareFirst }, change, call),
    manageableAccounts: (orgId, accountId, range) => manageableAccounts(store, orgId, accountId, range),
    setRole: (orgId, accountId, role, call) => write(orgId, accountId, writes.settingRole(role), call),
    setAutoReply: (orgId, accountId, autoReply, call) =>
      write(orgId, accountId, writes.settingAutoReply(autoReply), call),
    endAutoReply: (orgId, accountId, call) => write(orgId, accountId, writes.endingAutoReply(), call),
    setRedirect: (orgId, accountId, redirect, call = byHand()) =>
      write(
        orgId,
        accountId,
        redirect === undefined ? writes.endingRedirect() : writes.settingRedirect(redirect, call.asOfMs),
        call,
      ),
    keepRedirect: (orgId, accountId, kept, call) =>
      keepRedirect(store, { orgId, accountId, compareFirst }, kept, call),
    dropKeptRedirect: (orgId, accountId, call) =>
      dropKeptRedirect(store, { orgId, accountId, compareFirst }, call),
    readKeptRedirect: (orgId, accountId) => readKeptRedirect(store, orgId, accountId),
    addForward: (orgId, accountId, forward) =>
      write(orgId, accountId, writes.addingForward(forward), byHand()),
    addRule: async (orgId, accountId, rule) => {
      if (!rule.action.startsWith(FILE_INTO) || rule.action === FILE_INTO)
        return { kind: 'refused', code: 'UNKNOWN_ACTION' };
      return write(orgId, accountId, writes.addingRule(rule), byHand());
    },

    deliver: (orgId, mail) => deliver(room, orgId, mail),
    takesMail: (orgId, accountId, sizeBytes) => takesMail(store, orgId, accountId, sizeBytes),
    listMessages: (orgId, accountId) => listMessages(store, orgId, accountId),
    pageOfMessages: (orgId, accountId, range) => pageOfMessages(store, orgId, accountId, range),
    readMessage: (orgId, accountId, messageId) => readMessage(store, orgId, accountId, messageId),
    listOutgoing: (orgId, accountId, afterId, limit) => listOutgoing(store, orgId, accountId, afterId, limit),
    storeCopy: (orgId, accountId, copy, call) => storeCopy(store, orgId, accountId, copy, call),
    readCopy: (orgId, accountId, key) => readCopy(store, orgId, accountId, key),
    grantMailboxAccess: (orgId, accountId, grant, call) =>
      write(orgId, accountId, grantingAccess(grant), call),
    endMailboxAccess: (orgId, accountId, toAccountId, call) =>
      write(orgId, accountId, endingAccess(toAccountId), call),
    readMailboxAs: (orgId, of, range) => readMailboxAs(store, orgId, of, range, now()),
    ...createBelongings(store, compareFirst),
    readEffects: (orgId) => readEffects(store, orgId),
  };
}
