import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MailNotSent } from '../../shared/platform/mail/mail.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import { STEP_KINDS, type StepKind } from '../../shared/domain/step-kinds.ts';
import { DAY, HOUR, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { lie, override } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** How the world deceives one kind of step. */
interface Deceit {
  readonly stepKey: string;
  /** What the step must end with. */
  readonly errorCode: string;
  /** The days after the leave instant at which the lie begins; 0 is before anything happened. */
  readonly fromDay: number;
  /** The day on which the step must have been given up. */
  readonly redOnDay: number;
  readonly begin: (departure: TestDeparture) => Promise<void> | void;
}

const dayZero = { fromDay: 0, redOnDay: 3 };
const grace = { fromDay: 119, redOnDay: 123 };

const DECEITS: Readonly<Record<StepKind, Deceit>> = {
  notifyManager: {
    ...{ stepKey: 'notify-manager', errorCode: 'MAIL_NOT_SENT', fromDay: 0, redOnDay: 1 },
    begin: noMailToManager,
  },
  takeSnapshot: {
    ...{ stepKey: 'take-snapshot', errorCode: 'ACCOUNT_MISSING', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { read: () => Promise.resolve(undefined) }),
  },
  disableAccount: {
    ...{ stepKey: 'disable-account', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { disable: lie }),
  },
  rotatePassword: {
    ...{ stepKey: 'rotate-password', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { setPassword: lie }),
  },
  revokeAppPasswords: {
    ...{ stepKey: 'revoke-app-passwords', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { revokeAppPasswords: lie }),
  },
  revokeSessions: {
    ...{ stepKey: 'revoke-sessions', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { revokeSessions: lie }),
  },
  removeOwnRules: {
    ...{ stepKey: 'remove-own-rules', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { removeOwnRules: lie }),
  },
  dropAdministratorRole: {
    ...{ stepKey: 'drop-administrator-role', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { setRole: lie }),
  },
  proveLockedOut: {
    ...{ stepKey: 'prove-day-0', errorCode: 'LOCKOUT_NOT_PROVEN', ...dayZero },
    begin: ({ orgId }) =>
      override(engine, orgId, {
        probeSignIn: () => Promise.resolve([{ protocol: 'mail', result: 'accepted' }]),
      }),
  },
  startAutoReply: {
    ...{ stepKey: 'start-auto-reply', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
    begin: ({ orgId }) => override(engine, orgId, { setAutoReply: lie }),
  },
  endAutoReply: {
    ...{ stepKey: 'end-auto-reply', errorCode: 'READ_BACK_MISMATCH', fromDay: 29, redOnDay: 32 },
    begin: ({ orgId }) => override(engine, orgId, { endAutoReply: lie }),
  },
  archiveMailbox: {
    ...{ stepKey: 'archive-mailbox', errorCode: 'ARCHIVE_INVALID', fromDay: 59, redOnDay: 62 },
    begin: archiveWritesNothing,
  },
  openPurgeGate: {
    ...{ stepKey: 'purge-gate', errorCode: 'ARCHIVE_INVALID', fromDay: 89, redOnDay: 91 },
    begin: damageArchive,
  },
  remindBeforeDeletion: {
    ...{ stepKey: 'remind-14', errorCode: 'MAIL_NOT_SENT', fromDay: 100, redOnDay: 122 },
    begin: noMailToManager,
  },
  archiveNewMail: {
    ...{ stepKey: 'archive-new-mail', errorCode: 'ARCHIVE_INVALID', ...grace },
    async begin(departure) {
      await engine.directory.deliver(departure.orgId, {
        to: departure.person.address,
        from: 'late@outside.test',
        subject: 'Late',
        text: 'Too late',
      });
      archiveWritesNothing(departure);
    },
  },
  deleteAccount: {
    ...{ stepKey: 'delete-account', errorCode: 'READ_BACK_MISMATCH', ...grace },
    begin: ({ orgId }) => override(engine, orgId, { deleteAccount: lie }),
  },
  quarantineAddress: {
    ...{ stepKey: 'quarantine-address', errorCode: 'READ_BACK_MISMATCH', ...grace },
    begin: quarantineForgets,
  },
};

function changePorts(orgId: string, change: (ports: Ports) => Partial<Ports>): void {
  engine.interceptPorts(orgId, (ports) => ({ ...ports, ...change(ports) }));
}

function noMailToManager({ orgId, manager }: TestDeparture): void {
  changePorts(orgId, ({ notifier }) => ({
    notifier: {
      send: (mail) => (mail.to.includes(manager.address) ? Promise.reject(notSent()) : notifier.send(mail)),
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
  const part = join(engine.archiveFolder, caseId, 'part-1');
  const file = (await readdir(part)).find((name) => name.endsWith('.eml'));
  await writeFile(join(part, file!), 'somebody was here');
}

function quarantineForgets({ orgId }: TestDeparture): void {
  changePorts(orgId, ({ repositories }) => ({
    repositories: {
      ...repositories,
      claims: { ...repositories.claims, quarantine: () => Promise.resolve({ kind: 'quarantined' }) },
    },
  }));
}

test.each(STEP_KINDS)('does not believe a lie about %s', async (kind) => {
  const { stepKey, errorCode, fromDay, redOnDay, begin } = DECEITS[kind];
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  expect((await departure.record()).plan.steps.find((step) => step.key === stepKey)?.kind).toBe(kind);
  await departure.approve();
  if (fromDay > 0) await departure.forwardTo(fromDay * DAY);
  expect((await departure.record()).needsAttention).toBe(false);
  await begin(departure);

  await departure.forwardTo(redOnDay * DAY + HOUR);
  expect(await departure.step(stepKey)).toMatchObject({ status: 'failed', errorCode });
  expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });

  await departure.forwardBy(10 * DAY);
  const later = await departure.record();
  expect(later).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect(later.closedAtMs).toBeUndefined();
  expect(await departure.accountExists()).toBe(kind !== 'quarantineAddress');
  expect((await departure.effects()).includes('deleteAccount')).toBe(kind === 'quarantineAddress');
});
