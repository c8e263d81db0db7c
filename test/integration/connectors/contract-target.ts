import type {
  AccountSnapshot,
  Call,
  CallOutcome,
  TargetConnector,
} from '../../../activities/ports/target-connector.ts';
import type { AccountRef } from '../../../shared/domain/person.ts';

/** An account of a real-looking owner: administrator, with a session, an app password, a forward, a rule and two messages. */
export interface ContractAccount {
  readonly connector: TargetConnector;
  readonly ref: AccountRef;
  readonly secret: string;
  /** The messages as delivered, oldest first. */
  readonly messages: readonly Uint8Array[];
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
    name: 'setAutoReply',
    write: ({ connector, ref }, call) => connector.setAutoReply(ref, AUTO_REPLY, call),
    isSo: (after) =>
      after?.autoReply?.text === AUTO_REPLY.text && after.autoReply.untilMs === AUTO_REPLY.untilMs,
  },
  {
    name: 'deleteAccount',
    write: ({ connector, ref }, call, at) => connector.deleteAccount(ref, at.mailbox.revision, call),
    isSo: (after) => after === undefined,
  },
];
