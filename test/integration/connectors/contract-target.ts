import type {
  AccountSnapshot,
  Call,
  CallOutcome,
  TargetConnector,
} from '../../../activities/ports/target-connector.ts';
import type { AccountRef } from '../../../shared/domain/person.ts';

/** An account of a real-looking owner: administrator, with two messages and one of everything a lockout takes away. */
export interface ContractAccount {
  readonly connector: TargetConnector;
  readonly ref: AccountRef;
  readonly secret: string;
  /** The messages as delivered, oldest first. */
  readonly messages: readonly Uint8Array[];
  /** Another account of the same organisation. */
  readonly heir: AccountRef;
  /** One of each that the account owns. */
  readonly owned: { readonly file: string; readonly calendar: string; readonly meeting: string };
  /** One more message arrives. */
  readonly deliver: () => Promise<void>;
  /** What really changed on the target since the account was made, by the target's own log. */
  effects(): Promise<
    readonly { readonly operation: string; readonly effectKey: string; readonly atMs: number }[]
  >;
}

export interface ContractTarget {
  newAccount(): Promise<ContractAccount>;
  /** The same kind of connector, with a target that is down. */
  downConnector(): Promise<TargetConnector>;
  close(): Promise<void>;
}

interface Write {
  readonly name: string;
  readonly write: (account: ContractAccount, call: Call, at: AccountSnapshot) => Promise<CallOutcome>;
  readonly isSo: (after: AccountSnapshot | undefined, before: AccountSnapshot) => boolean;
}

export const NEW_SECRET = 'a-new-secret-that-nobody-knows-0123456789';
export const AUTO_REPLY = { subject: 'Gone', text: 'Ask Ben.', fromMs: 1_000, untilMs: 4_102_444_800_000 };

export const REDIRECT = { to: 'heir@out.test', keepCopy: true, untilMs: 4_102_444_800_000 };

export const WRITES: readonly Write[] = [
  {
    name: 'disable',
    write: ({ connector, ref }, call) => connector.disable(ref, 'departure', call),
    isSo: (after) => after?.status === 'disabled' && after.disabledReason === 'departure',
  },
  {
    name: 'setPassword',
    write: ({ connector, ref }, call) => connector.setPassword(ref, NEW_SECRET, call),
    isSo: (after, before) => after !== undefined && after.passwordFingerprint !== before.passwordFingerprint,
  },
  {
    name: 'revokeAppPasswords',
    write: ({ connector, ref }, call) => connector.revokeAppPasswords(ref, call),
    isSo: (after) => after?.appPasswordCount === 0,
  },
  {
    name: 'revokeSessions',
    write: ({ connector, ref }, call) => connector.revokeSessions(ref, call),
    isSo: (after) => after?.sessionCount === 0,
  },
  {
    name: 'removeOwnRules',
    write: ({ connector, ref }, call) => connector.removeOwnRules(ref, call),
    isSo: (after) => after?.forwards.length === 0 && after.rules.length === 0,
  },
  {
    name: 'setRole',
    write: ({ connector, ref }, call) => connector.setRole(ref, 'user', call),
    isSo: (after) => after?.role === 'user',
  },
  {
    name: 'revokeOauthGrants',
    write: ({ connector, ref }, call) => connector.revokeOauthGrants(ref, call),
    isSo: (after) => after?.oauthGrantCount === 0,
  },
  {
    name: 'voidLinks',
    write: ({ connector, ref }, call) => connector.voidLinks(ref, call),
    isSo: (after) => after?.openLinkCount === 0,
  },
  {
    name: 'removeRecoveryMeans',
    write: ({ connector, ref }, call) => connector.removeRecoveryMeans(ref, call),
    isSo: (after) => after?.recoveryMeansCount === 0,
  },
  {
    name: 'setProtocols',
    write: ({ connector, ref }, call) =>
      connector.setProtocols(ref, { imap: false, pop: true, smtp: false }, call),
    isSo: (after) => after?.protocols?.imap === false && after.protocols.pop && !after.protocols.smtp,
  },
  {
    name: 'setMemberships',
    write: ({ connector, ref }, call) => connector.setMemberships(ref, { groups: [], lists: ['news'] }, call),
    isSo: (after) => after?.groups.length === 0 && after.lists?.[0] === 'news',
  },
  {
    name: 'setDelegations',
    write: ({ connector, ref }, call) => connector.setDelegations(ref, [], call),
    isSo: (after) => after?.delegations?.length === 0,
  },
  {
    name: 'setAutoReply',
    write: ({ connector, ref }, call) => connector.setAutoReply(ref, AUTO_REPLY, call),
    isSo: (after) =>
      after?.autoReply?.text === AUTO_REPLY.text && after.autoReply.untilMs === AUTO_REPLY.untilMs,
  },
  {
    name: 'setOwnRules',
    write: ({ connector, ref }, call) =>
      connector.setOwnRules(ref, { forwards: [], rules: [{ name: 'own', action: 'move:Own' }] }, call),
    isSo: (after) => after?.forwards.length === 0 && after.rules[0]?.name === 'own',
  },
  {
    name: 'setSettings',
    write: ({ connector, ref }, call) =>
      connector.setSettings(ref, { aliases: [], quotaBytes: 77_777 }, call),
    isSo: (after) => after?.quotaBytes === 77_777,
  },
  {
    name: 'grantMailboxAccess',
    write: ({ connector, ref, heir }, call) =>
      connector.grantMailboxAccess(ref, heir, 4_102_444_800_000, call),
    isSo: (after) => after?.mailboxGrants?.[0]?.untilMs === 4_102_444_800_000,
  },
  {
    name: 'storeMessage',
    write: ({ connector, ref, messages }, call) =>
      connector.storeMessage(ref, { key: 'k', receivedAtMs: 5, folder: 'Copies', raw: messages[0]! }, call),
    isSo: (after, before) => after?.mailbox.messageCount === before.mailbox.messageCount + 1,
  },
  {
    name: 'setRedirect',
    write: ({ connector, ref }, call) => connector.setRedirect(ref, REDIRECT, call),
    isSo: (after) => after?.redirect?.to === REDIRECT.to && after.redirect.untilMs === REDIRECT.untilMs,
  },
  {
    name: 'deleteAccount',
    write: ({ connector, ref }, call, at) => connector.deleteAccount(ref, at.mailbox.revision, call),
    isSo: (after) => after === undefined,
  },
];
