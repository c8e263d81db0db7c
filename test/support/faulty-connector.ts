import type { CallOutcome, TargetConnector } from '../../activities/ports/target-connector.ts';
import { TargetUnavailable } from '../../activities/ports/target-unavailable.ts';

type Write =
  | 'createAccount'
  | 'disable'
  | 'enable'
  | 'setPassword'
  | 'revokeAppPasswords'
  | 'revokeSessions'
  | 'removeOwnRules'
  | 'setOwnRules'
  | 'setSettings'
  | 'setRole'
  | 'revokeOauthGrants'
  | 'voidLinks'
  | 'removeRecoveryMeans'
  | 'setProtocols'
  | 'setMemberships'
  | 'setDelegations'
  | 'setAutoReply'
  | 'endAutoReply'
  | 'setRedirect'
  | 'keepRedirect'
  | 'deleteAccount'
  | 'storeMessage'
  | 'setFileOwner'
  | 'setCalendar'
  | 'setMeeting'
  | 'grantMailboxAccess'
  | 'endMailboxAccess';
type FaultyMethod =
  | Write
  | HandoverRead
  | 'readKeptRedirect'
  | 'read'
  | 'listAccounts'
  | 'readMany'
  | 'probeSignIn'
  | 'probeControl'
  | 'probeDelivery'
  | 'listMessages'
  | 'readMessage';
type HandoverRead = 'readStoredMessage' | 'listFiles' | 'listCalendars' | 'listMeetings' | 'listContacts';

type Fault =
  | { readonly kind: 'unavailable'; left: number; readonly retryAfterMs?: number }
  | { readonly kind: 'loses_answer'; left: number }
  | { readonly kind: 'hangs'; left: number }
  | { readonly kind: 'refuses'; readonly reason: string; left: number };

export interface Faults {
  /** The next `times` calls throw `TargetUnavailable` and do nothing. */
  fail(method: FaultyMethod, times: number, retryAfterMs?: number): void;
  /** The next `times` calls do their work and throw `TargetUnavailable`: the answer was lost. */
  loseAnswer(method: FaultyMethod, times: number): void;
  /** The next `times` calls do nothing and never answer. */
  hang(method: FaultyMethod, times: number): void;
  /** The next `times` calls of a write answer `refused`. */
  refuse(method: Write, reason: string, times: number): void;
  heal(): void;
  /** How often a method was called, with whatever result. */
  calls(method: FaultyMethod): number;
}

/** A connector whose target can be made to fail, one method at a time. Without faults it is the real one. */
export function createFaultyConnector(real: TargetConnector): {
  readonly connector: TargetConnector;
  readonly faults: Faults;
} {
  const planned = new Map<FaultyMethod, Fault>();
  const counts = new Map<FaultyMethod, number>();

  function next(method: FaultyMethod): Fault | undefined {
    counts.set(method, (counts.get(method) ?? 0) + 1);
    const fault = planned.get(method);
    if (fault === undefined || fault.left <= 0) return undefined;
    fault.left -= 1;
    return fault;
  }

  async function call<T>(method: FaultyMethod, work: () => Promise<T>): Promise<T | CallOutcome> {
    const fault = next(method);
    if (fault === undefined) return work();
    if (fault.kind === 'hangs') return new Promise<never>(() => undefined);
    if (fault.kind === 'refuses') return { kind: 'refused', reason: fault.reason };
    if (fault.kind === 'loses_answer') await work();
    const retryAfterMs = fault.kind === 'unavailable' ? fault.retryAfterMs : undefined;
    throw new TargetUnavailable('the target is down', retryAfterMs === undefined ? {} : { retryAfterMs });
  }
  /** Only writes can be told to refuse, so a read never gets another answer than its own. */
  const ask = async <T>(method: Exclude<FaultyMethod, Write>, work: () => Promise<T>): Promise<T> =>
    (await call(method, work)) as T;

  const connector: TargetConnector = {
    kind: real.kind,
    capabilities: real.capabilities,
    read: (ref) => ask('read', () => real.read(ref)),
    listAccounts: (page) => ask('listAccounts', () => real.listAccounts(page)),
    readMany: (accountIds) => ask('readMany', () => real.readMany(accountIds)),
    createAccount: (...given) => call('createAccount', () => real.createAccount(...given)),
    disable: (...given) => call('disable', () => real.disable(...given)),
    enable: (...given) => call('enable', () => real.enable(...given)),
    setOwnRules: (...given) => call('setOwnRules', () => real.setOwnRules(...given)),
    setSettings: (...given) => call('setSettings', () => real.setSettings(...given)),
    setPassword: (...given) => call('setPassword', () => real.setPassword(...given)),
    revokeAppPasswords: (...given) => call('revokeAppPasswords', () => real.revokeAppPasswords(...given)),
    revokeSessions: (...given) => call('revokeSessions', () => real.revokeSessions(...given)),
    removeOwnRules: (...given) => call('removeOwnRules', () => real.removeOwnRules(...given)),
    setRole: (...given) => call('setRole', () => real.setRole(...given)),
    revokeOauthGrants: (...given) => call('revokeOauthGrants', () => real.revokeOauthGrants(...given)),
    voidLinks: (...given) => call('voidLinks', () => real.voidLinks(...given)),
    removeRecoveryMeans: (...given) => call('removeRecoveryMeans', () => real.removeRecoveryMeans(...given)),
    setProtocols: (...given) => call('setProtocols', () => real.setProtocols(...given)),
    setMemberships: (...given) => call('setMemberships', () => real.setMemberships(...given)),
    setDelegations: (...given) => call('setDelegations', () => real.setDelegations(...given)),
    setAutoReply: (...given) => call('setAutoReply', () => real.setAutoReply(...given)),
    endAutoReply: (...given) => call('endAutoReply', () => real.endAutoReply(...given)),
    setRedirect: (...given) => call('setRedirect', () => real.setRedirect(...given)),
    keepRedirect: (...given) => call('keepRedirect', () => real.keepRedirect(...given)),
    readKeptRedirect: (ref) => ask('readKeptRedirect', () => real.readKeptRedirect(ref)),
    deleteAccount: (...given) => call('deleteAccount', () => real.deleteAccount(...given)),
    storeMessage: (...given) => call('storeMessage', () => real.storeMessage(...given)),
    setFileOwner: (...given) => call('setFileOwner', () => real.setFileOwner(...given)),
    setCalendar: (...given) => call('setCalendar', () => real.setCalendar(...given)),
    setMeeting: (...given) => call('setMeeting', () => real.setMeeting(...given)),
    grantMailboxAccess: (...given) => call('grantMailboxAccess', () => real.grantMailboxAccess(...given)),
    endMailboxAccess: (...given) => call('endMailboxAccess', () => real.endMailboxAccess(...given)),
    readStoredMessage: (...given) => ask('readStoredMessage', () => real.readStoredMessage(...given)),
    listFiles: (...given) => ask('listFiles', () => real.listFiles(...given)),
    listCalendars: (...given) => ask('listCalendars', () => real.listCalendars(...given)),
    listMeetings: (...given) => ask('listMeetings', () => real.listMeetings(...given)),
    listContacts: (...given) => ask('listContacts', () => real.listContacts(...given)),
    probeSignIn: (...given) => ask('probeSignIn', () => real.probeSignIn(...given)),
    probeControl: () => ask('probeControl', () => real.probeControl()),
    probeDelivery: (ref) => ask('probeDelivery', () => real.probeDelivery(ref)),
    readMessage: (...given) => ask('readMessage', () => real.readMessage(...given)),
    async *listMessages(ref) {
      await ask('listMessages', () => Promise.resolve());
      yield* real.listMessages(ref);
    },
  };
  const faults: Faults = {
    fail: (method, times, retryAfterMs) => {
      planned.set(method, {
        kind: 'unavailable',
        left: times,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    },
    loseAnswer: (method, times) => void planned.set(method, { kind: 'loses_answer', left: times }),
    hang: (method, times) => void planned.set(method, { kind: 'hangs', left: times }),
    refuse: (method, reason, times) => void planned.set(method, { kind: 'refuses', reason, left: times }),
    heal: () => planned.clear(),
    calls: (method) => counts.get(method) ?? 0,
  };
  return { connector, faults };
}
