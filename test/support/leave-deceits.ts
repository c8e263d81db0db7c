import { MailNotSent } from '../../shared/platform/mail/mail.ts';
import type { TargetConnector } from '../../activities/ports/target-connector.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import type { LeaveReason } from '../../shared/domain/leave.ts';
import type { TestEngine } from './engine.ts';
import { lie, override } from './interceptions.ts';
import type { TestLeave } from './leave.ts';

/** How the world fails one step of a leave, or deceives it. */
export interface LeaveDeceit {
  readonly stepKey: string;
  readonly of: LeaveReason;
  readonly errorCode: string;
  readonly begin: (leave: TestLeave) => void;
  /** It belongs to the end: the leave is ended once the deceit has begun. */
  readonly atEnd?: true;
  readonly undone?: true;
}

/** A lie for every step of both reasons, on the way on and on the way back. */
export function leaveDeceits(engineOf: () => TestEngine): readonly LeaveDeceit[] {
  const lies = (methods: Partial<TargetConnector>) => ({
    errorCode: 'READ_BACK_MISMATCH',
    begin: ({ orgId }: TestLeave) => override(engineOf(), orgId, methods),
  });
  const change =
    (ports: (real: Ports) => Partial<Ports>) =>
    ({ orgId }: TestLeave): void =>
      engineOf().interceptPorts(orgId, (real) => ({ ...real, ...ports(real) }));
  const onLeave = { of: 'leave' } as const;
  const suspicious = { of: 'suspicious' } as const;
  const noAccount = { read: () => Promise.resolve(undefined) };
  const letsIn: Partial<TargetConnector> = {
    probeSignIn: () => Promise.resolve([{ protocol: 'web', result: 'accepted' }]),
  };
  const locksOut: Partial<TargetConnector> = {
    probeSignIn: () => Promise.resolve([{ protocol: 'web', result: 'refused_disabled' }]),
  };
  const noMail: Partial<TargetConnector> = { probeDelivery: () => Promise.resolve('refused') };
  const disable: Omit<LeaveDeceit, 'of'> = { stepKey: 'disable-account', ...lies({ disable: lie }) };
  const sessions: Omit<LeaveDeceit, 'of'> = { stepKey: 'revoke-sessions', ...lies({ revokeSessions: lie }) };
  const enable: Omit<LeaveDeceit, 'of'> = {
    stepKey: 'enable-account',
    ...lies({ enable: lie }),
    atEnd: true,
  };
  return [
    {
      ...{ stepKey: 'take-snapshot', ...onLeave, ...lies(noAccount) },
      errorCode: 'ACCOUNT_MISSING',
    },
    { ...disable, ...onLeave },
    { ...sessions, ...onLeave },
    {
      ...{ stepKey: 'prove-disabled', ...onLeave, ...lies(noMail) },
      errorCode: 'MAIL_NOT_TAKEN',
    },
    {
      ...{ stepKey: 'start-auto-reply', ...onLeave },
      ...lies({ setAutoReply: lie }),
    },
    {
      ...{ stepKey: 'notify-manager', ...onLeave, errorCode: 'MAIL_NOT_SENT' },
      begin: change(({ notifier }) => ({
        notifier: {
          send: (mail) =>
            mail.id.includes('notify-manager')
              ? Promise.reject(new MailNotSent('nobody takes this mail'))
              : notifier.send(mail),
        },
      })),
    },
    { ...enable, ...onLeave },
    {
      ...{ stepKey: 'end-auto-reply', ...onLeave, atEnd: true },
      ...lies({ endAutoReply: lie }),
    },
    {
      ...{ stepKey: 'prove-active', ...onLeave, atEnd: true, ...lies(noMail) },
      errorCode: 'MAIL_NOT_TAKEN',
    },
    { ...disable, ...suspicious },
    {
      ...{ stepKey: 'rotate-password', ...suspicious },
      ...lies({ setPassword: lie }),
    },
    {
      ...{ stepKey: 'revoke-app-passwords', ...suspicious },
      ...lies({ revokeAppPasswords: lie }),
    },
    {
      ...{ stepKey: 'revoke-other-credentials', ...suspicious },
      ...lies({ removeRecoveryMeans: lie }),
    },
    { ...sessions, ...suspicious },
    {
      ...{
        stepKey: 'revoke-own-keys',

        ...suspicious,
        errorCode: 'READ_BACK_MISMATCH',
      },
      begin: change(({ repositories }) => ({
        repositories: {
          ...repositories,
          apiKeys: { ...repositories.apiKeys, revoke: () => Promise.resolve(undefined) },
        },
      })),
    },
    {
      ...{ stepKey: 'prove-locked-out', ...suspicious, ...lies(letsIn) },
      errorCode: 'LOCKOUT_NOT_PROVEN',
    },
    { ...enable, ...suspicious },
    {
      ...{ stepKey: 'prove-active', ...suspicious, atEnd: true, ...lies(locksOut) },
      errorCode: 'RETURN_NOT_PROVEN',
    },
    {
      ...{ stepKey: 'send-setup-link', ...suspicious, atEnd: true },
      errorCode: 'READ_BACK_MISMATCH',
      begin: change(({ repositories }) => ({
        repositories: {
          ...repositories,
          setupLinks: { ...repositories.setupLinks, give: () => Promise.resolve() },
        },
      })),
    },
    {
      ...{ stepKey: 'undo-disable-account', ...onLeave, undone: true },
      ...lies({ enable: lie }),
    },
    {
      ...{ stepKey: 'undo-start-auto-reply', ...onLeave, undone: true },
      ...lies({ endAutoReply: lie }),
    },
  ];
}
