import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailNotSent } from '../../shared/platform/mail/mail.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import { APPROVER, type DepartureOptions, type TestDeparture } from './departure.ts';
import type { TestEngine } from './engine.ts';
import type { DepartureKind } from './departure-kinds.ts';
import { handoverDeceits } from './handover-deceits.ts';
import { lie, override } from './interceptions.ts';
import type { Deceit } from './deceit.ts';

const dayZero = { fromDay: 0, redOnDay: 3 };
const grace = { fromDay: 119, redOnDay: 123 };
const outside: DepartureOptions = { redirect: { to: 'heir@elsewhere.test', outside: true } };
const outliving: DepartureOptions = { redirect: { days: 200, outliveAccount: true } };
const wayBack = { fromDay: 5, redOnDay: 9, undone: true } as const;

/** A lie for every kind of step, told to the engine of a test file. */
export function deceitsOf(engineOf: () => TestEngine): Readonly<Record<DepartureKind, Deceit>> {
  const deceits: Readonly<Record<DepartureKind, Deceit>> = {
    notifyManager: {
      ...{ stepKey: 'notify-manager', errorCode: 'MAIL_NOT_SENT', fromDay: 0, redOnDay: 1 },
      begin: ({ orgId, manager }) => noMailTo(orgId, manager.address),
    },
    informLeaver: {
      ...{ stepKey: 'inform-leaver', errorCode: 'MAIL_NOT_SENT', fromDay: 0, redOnDay: 1 },
      asks: { plan: { leaverNoticeDaysBefore: 5 } },
      begin: ({ orgId, person }) => noMailTo(orgId, person.address),
    },
    closeLeaverWindow: {
      ...{ stepKey: 'close-leaver-window', errorCode: 'READ_BACK_MISMATCH', fromDay: 0, redOnDay: 3 },
      asks: { plan: { leaverNoticeDaysBefore: 5 } },
      begin: ({ orgId }) =>
        changePorts(orgId, ({ repositories }) => ({
          repositories: {
            ...repositories,
            leaverWindows: { ...repositories.leaverWindows, close: () => Promise.resolve(undefined) },
          },
        })),
    },
    takeSnapshot: {
      ...{ stepKey: 'take-snapshot', errorCode: 'ACCOUNT_MISSING', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { read: () => Promise.resolve(undefined) }),
    },
    disableAccount: {
      ...{ stepKey: 'disable-account', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { disable: lie }),
    },
    rotatePassword: {
      ...{ stepKey: 'rotate-password', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { setPassword: lie }),
    },
    revokeAppPasswords: {
      ...{ stepKey: 'revoke-app-passwords', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { revokeAppPasswords: lie }),
    },
    revokeSessions: {
      ...{ stepKey: 'revoke-sessions', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { revokeSessions: lie }),
    },
    revokeOtherCredentials: {
      ...{ stepKey: 'revoke-other-credentials', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { removeRecoveryMeans: lie }),
    },
    switchOffProtocols: {
      ...{ stepKey: 'switch-off-protocols', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { setProtocols: lie }),
    },
    removeMemberships: {
      ...{ stepKey: 'remove-memberships', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { setDelegations: lie }),
    },
    revokeOwnKeys: {
      ...{ stepKey: 'revoke-own-keys', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) =>
        changePorts(orgId, ({ repositories }) => ({
          repositories: {
            ...repositories,
            apiKeys: { ...repositories.apiKeys, revoke: () => Promise.resolve(undefined) },
          },
        })),
    },
    removeOwnRules: {
      ...{ stepKey: 'remove-own-rules', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { removeOwnRules: lie }),
    },
    dropAdministratorRole: {
      ...{ stepKey: 'drop-administrator-role', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { setRole: lie }),
    },
    proveLockedOut: {
      ...{ stepKey: 'prove-day-0', errorCode: 'LOCKOUT_NOT_PROVEN', ...dayZero },
      begin: ({ orgId }) =>
        override(engineOf(), orgId, {
          probeSignIn: () => Promise.resolve([{ protocol: 'mail', result: 'accepted' }]),
        }),
    },
    startAutoReply: {
      ...{ stepKey: 'start-auto-reply', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engineOf(), orgId, { setAutoReply: lie }),
    },
    endAutoReply: {
      ...{ stepKey: 'end-auto-reply', errorCode: 'READ_BACK_MISMATCH', fromDay: 29, redOnDay: 32 },
      begin: ({ orgId }) => override(engineOf(), orgId, { endAutoReply: lie }),
    },
    openRedirectGate: {
      ...{ stepKey: 'redirect-gate', errorCode: 'APPROVAL_MISSING', ...dayZero, asks: outside },
      // The case was told of an approval that nobody wrote down.
      begin: async (departure) => {
        await departure.command('approveStep', { stepKey: 'redirect-gate', actorId: APPROVER });
      },
    },
    startRedirect: {
      ...{ stepKey: 'start-redirect', errorCode: 'READ_BACK_MISMATCH', ...dayZero, asks: { redirect: {} } },
      begin: ({ orgId }) => override(engineOf(), orgId, { setRedirect: lie }),
    },
    endRedirect: {
      ...{ stepKey: 'end-redirect', errorCode: 'READ_BACK_MISMATCH', fromDay: 29, redOnDay: 32 },
      asks: { redirect: {} },
      begin: ({ orgId }) => override(engineOf(), orgId, { setRedirect: lie }),
    },
    archiveMailbox: {
      ...{ stepKey: 'archive-mailbox', errorCode: 'ARCHIVE_INVALID', fromDay: 59, redOnDay: 62 },
      begin: archiveWritesNothing,
    },
    reviewRetention: {
      ...{ stepKey: 'review-retention-1', errorCode: 'MAIL_NOT_SENT', fromDay: 360, redOnDay: 368 },
      asks: { retainDays: 500 },
      begin: ({ orgId }) =>
        changePorts(orgId, ({ notifier }) => ({
          notifier: {
            send: (mail) =>
              mail.id.includes('review-retention') ? Promise.reject(notSent()) : notifier.send(mail),
          },
        })),
    },
    openPurgeGate: {
      ...{ stepKey: 'purge-gate', errorCode: 'ARCHIVE_INVALID', fromDay: 89, redOnDay: 91 },
      begin: damageArchive,
    },
    remindBeforeDeletion: {
      ...{ stepKey: 'remind-14', errorCode: 'MAIL_NOT_SENT', fromDay: 100, redOnDay: 122 },
      begin: ({ orgId, manager }) => noMailTo(orgId, manager.address),
    },
    archiveNewMail: {
      ...{ stepKey: 'archive-new-mail', errorCode: 'ARCHIVE_INVALID', ...grace },
      async begin(departure) {
        await engineOf().directory.deliver(departure.orgId, {
          to: departure.person.address,
          from: 'late@outside.test',
          subject: 'Late',
          text: 'Too late',
        });
        archiveWritesNothing(departure);
      },
    },
    keepRedirect: {
      ...{ stepKey: 'keep-redirect', errorCode: 'READ_BACK_MISMATCH', ...grace, asks: outliving },
      begin: ({ orgId }) => override(engineOf(), orgId, { keepRedirect: lie }),
    },
    deleteAccount: {
      ...{ stepKey: 'delete-account', errorCode: 'READ_BACK_MISMATCH', ...grace },
      begin: ({ orgId }) => override(engineOf(), orgId, { deleteAccount: lie }),
    },
    quarantineAddress: {
      ...{ stepKey: 'quarantine-address', errorCode: 'READ_BACK_MISMATCH', ...grace },
      begin: quarantineForgets,
    },
    dropKeptRedirect: {
      ...{ stepKey: 'end-kept-redirect', errorCode: 'READ_BACK_MISMATCH', asks: outliving },
      ...{ fromDay: 199, redOnDay: 203 },
      begin: ({ orgId }) => override(engineOf(), orgId, { keepRedirect: lie }),
    },
    enableAccount: {
      ...{ stepKey: 'undo-disable-account', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: ({ orgId }) => override(engineOf(), orgId, { enable: lie }),
    },
    restoreRole: {
      ...{ stepKey: 'undo-drop-administrator-role', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: ({ orgId }) => override(engineOf(), orgId, { setRole: lie }),
    },
    restoreOwnRules: {
      ...{ stepKey: 'undo-remove-own-rules', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: ({ orgId }) => override(engineOf(), orgId, { setOwnRules: lie }),
    },
    restoreAutoReply: {
      ...{ stepKey: 'undo-start-auto-reply', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: ({ orgId }) => override(engineOf(), orgId, { endAutoReply: lie }),
    },
    restoreRedirect: {
      ...{ stepKey: 'undo-start-redirect', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      asks: { redirect: {} },
      begin: ({ orgId }) => override(engineOf(), orgId, { setRedirect: lie }),
    },
    restoreProtocols: {
      ...{ stepKey: 'undo-switch-off-protocols', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: ({ orgId }) => override(engineOf(), orgId, { setProtocols: lie }),
    },
    restoreMemberships: {
      ...{ stepKey: 'undo-remove-memberships', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: ({ orgId }) => override(engineOf(), orgId, { setMemberships: lie }),
    },
    restoreSettings: {
      ...{ stepKey: 'undo-take-snapshot', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      async begin({ orgId, accountId }) {
        const call = { effectKey: 'hand:1', asOfMs: Date.now() };
        await engineOf().directory.setSettings(orgId, accountId, { aliases: [], quotaBytes: 5 }, call);
        override(engineOf(), orgId, { setSettings: lie });
      },
    },
    reassignReferences: {
      ...{ stepKey: 'reassign-references', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: managersStay,
    },
    restoreReferences: {
      ...{ stepKey: 'undo-reassign-references', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: managersStay,
    },
    giveSetupLink: {
      ...{ stepKey: 'give-setup-link', errorCode: 'READ_BACK_MISMATCH', ...wayBack },
      begin: linkIsForgotten,
    },
    ...handoverDeceits(engineOf),
  };

  function changePorts(orgId: string, change: (ports: Ports) => Partial<Ports>): void {
    engineOf().interceptPorts(orgId, (ports) => ({ ...ports, ...change(ports) }));
  }

  function noMailTo(orgId: string, address: string): void {
    changePorts(orgId, ({ notifier }) => ({
      notifier: {
        send: (mail) => (mail.to.includes(address) ? Promise.reject(notSent()) : notifier.send(mail)),
      },
    }));
  }

  function notSent(): MailNotSent {
    return new MailNotSent('nobody takes this mail');
  }

  function archiveWritesNothing({ orgId }: TestDeparture): void {
    changePorts(orgId, ({ archive }) => ({
      archive: {
        ...archive,
        async writePart(_caseId, name, messages) {
          const archived = [];
          for await (const { id, folder, receivedAtMs } of messages)
            archived.push({
              id,
              folder,
              receivedAtMs,
              sizeBytes: 1,
              file: '000001.eml',
              sha256: '0'.repeat(64),
            });
          return { name, messages: archived, manifestSha256: '0'.repeat(64) };
        },
      },
    }));
  }

  async function damageArchive({ caseId }: TestDeparture): Promise<void> {
    const part = join(engineOf().archiveFolder, caseId, 'part-1');
    const file = (await readdir(part)).find((name) => name.endsWith('.eml'));
    await writeFile(join(part, file!), 'somebody was here');
  }

  /** Whoever gives somebody another manager is told that it was done. */
  function managersStay({ orgId }: TestDeparture): void {
    changePorts(orgId, ({ repositories }) => {
      const update: typeof repositories.people.update = async (org, id, rev, changes) =>
        'managerId' in changes
          ? repositories.people.get(org, id)
          : repositories.people.update(org, id, rev, changes);
      return { repositories: { ...repositories, people: { ...repositories.people, update } } };
    });
  }

  function linkIsForgotten({ orgId }: TestDeparture): void {
    changePorts(orgId, ({ repositories }) => ({
      repositories: {
        ...repositories,
        setupLinks: { ...repositories.setupLinks, give: () => Promise.resolve() },
      },
    }));
  }

  function quarantineForgets({ orgId }: TestDeparture): void {
    changePorts(orgId, ({ repositories }) => ({
      repositories: {
        ...repositories,
        claims: { ...repositories.claims, quarantine: () => Promise.resolve({ kind: 'quarantined' }) },
      },
    }));
  }
  return deceits;
}
