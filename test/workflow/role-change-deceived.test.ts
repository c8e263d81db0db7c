import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MailNotSent } from '../../shared/platform/mail/mail.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import { KINDS_OF_ROLE_CHANGES } from '../../shared/domain/step-kinds.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, lie, makeFaulty, override } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { testSideBySide } from '../support/side-by-side.ts';
import { unlessOver } from '../support/unless-over.ts';
import { startRoleChange, type RoleChangeOptions, type TestRoleChange } from '../support/role-change.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

type Kind = (typeof KINDS_OF_ROLE_CHANGES)[number];

interface Trial {
  readonly stepKey: string;
  /** How the step ends when it is lied to. */
  readonly errorCode: string;
  readonly lieAbout: (of: TestRoleChange) => void;
  /** Makes it impossible for a while. */
  readonly fail: (of: TestRoleChange) => void;
  readonly asks?: RoleChangeOptions;
  /** Days after the change at which it begins; `undone`: and the case is turned back then. */
  readonly fromDays: number;
  readonly undone?: true;
}

function changePorts({ orgId }: TestRoleChange, change: (ports: Ports) => Partial<Ports>): void {
  engine.interceptPorts(orgId, (ports) => ({ ...ports, ...change(ports) }));
}

const lyingTarget = (operation: 'setMemberships' | 'setSettings' | 'setRole') => (of: TestRoleChange) =>
  override(engine, of.orgId, { [operation]: lie });
const failingTarget = (operation: 'read' | 'setMemberships' | 'setRole') => (of: TestRoleChange) =>
  makeFaulty(engine, of.orgId).fail(operation, 100_000);

/** Whoever changes a person is told that it was done. */
const lyingStore = (of: TestRoleChange) =>
  changePorts(of, ({ repositories }) => {
    const { people } = repositories;
    return {
      repositories: { ...repositories, people: { ...people, update: (org, id) => people.get(org, id) } },
    };
  });
const failingStore = (of: TestRoleChange) =>
  changePorts(of, ({ repositories }) => {
    const update = () => Promise.reject(new Error('the store is away'));
    return { repositories: { ...repositories, people: { ...repositories.people, update } } };
  });
const noMail = (of: TestRoleChange) =>
  changePorts(of, ({ notifier }) => ({
    notifier: {
      send: (mail) =>
        mail.id.startsWith('eff:') ? Promise.reject(new MailNotSent('nobody takes it')) : notifier.send(mail),
    },
  }));

const gone = (of: TestRoleChange) => override(engine, of.orgId, { read: () => Promise.resolve(undefined) });
const up: RoleChangeOptions = { request: { accountRole: 'administrator' } };
const onTheDate = { fromDays: -1 };
const wayBack = { fromDays: 1, undone: true } as const;
const rights = {
  errorCode: 'READ_BACK_MISMATCH',
  lieAbout: lyingTarget('setMemberships'),
  fail: failingTarget('setMemberships'),
};
const role = {
  errorCode: 'READ_BACK_MISMATCH',
  lieAbout: lyingTarget('setRole'),
  fail: failingTarget('setRole'),
  asks: up,
};
const entry = { errorCode: 'READ_BACK_MISMATCH', lieAbout: lyingStore, fail: failingStore };
const mail = { errorCode: 'MAIL_NOT_SENT', lieAbout: noMail, fail: noMail };

const TRIALS: Readonly<Record<Kind, Trial>> = {
  noteRights: {
    ...{ stepKey: 'note-rights', errorCode: 'ACCOUNT_MISSING', ...onTheDate },
    ...{ lieAbout: gone, fail: failingTarget('read') },
  },
  addRights: { stepKey: 'add-rights', ...onTheDate, ...rights },
  giveAdministratorRole: { stepKey: 'give-administrator-role', ...onTheDate, ...role },
  changePersonRecord: { stepKey: 'change-record', ...onTheDate, ...entry },
  tellManagers: { stepKey: 'tell-managers', ...onTheDate, ...mail },
  remindOldRights: { stepKey: 'remind-old-rights', fromDays: 9, ...mail },
  removeOldRights: { stepKey: 'remove-old-rights', fromDays: 13, ...rights },
  withdrawRights: { stepKey: 'undo-add-rights', ...wayBack, ...rights },
  withdrawAdministratorRole: { stepKey: 'undo-give-administrator-role', ...wayBack, ...role },
  restorePersonRecord: { stepKey: 'undo-change-record', ...wayBack, ...entry },
  giveRightsBack: { stepKey: 'undo-remove-old-rights', fromDays: 13, undone: true, ...rights },
};

/** The old rights are gone and the case is still open: its last step is red. */
async function afterTheRemoval(change: TestRoleChange): Promise<void> {
  failingStore(change);
  await change.forwardTo(14 * DAY + HOUR);
  expect((await change.step('remove-old-rights')).status).toBe('done');
}

async function begin(kind: Kind): Promise<TestRoleChange> {
  const { fromDays, asks = {} } = TRIALS[kind];
  const change = await startRoleChange(engine, { policy: FEW_TRIES, ...asks });
  await change.forwardTo(fromDays * DAY);
  if (kind === 'giveRightsBack') await afterTheRemoval(change);
  return change;
}

const lied = (kind: Kind) => `does not believe a lie about ${kind}`;

testSideBySide(KINDS_OF_ROLE_CHANGES, lied, async (kind) => {
  const { stepKey, errorCode, lieAbout, undone } = TRIALS[kind];
  const change = await begin(kind);
  heal(engine, change.orgId);
  lieAbout(change);
  if (undone) await change.undo();
  expect((await change.record()).plan.steps.find(({ key }) => key === stepKey)?.kind).toBe(kind);
  await change.forwardBy(4 * DAY);
  expect(await change.step(stepKey)).toMatchObject({ status: 'failed', errorCode });
  const parked = await change.record();
  expect(parked).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect(parked.closedAtMs).toBeUndefined();
});

testSideBySide(
  KINDS_OF_ROLE_CHANGES,
  (kind) => `parks the case while ${kind} fails, and goes on once it is retried`,
  async (kind) => {
    const { stepKey, fail, undone } = TRIALS[kind];
    const change = await begin(kind);
    heal(engine, change.orgId);
    fail(change);
    if (undone) await change.undo();
    await change.forwardBy(4 * DAY);
    expect(await change.step(stepKey)).toMatchObject({ status: 'failed' });
    expect(await change.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
    const alarm = change.mails().find(({ subject }) => subject.includes('needs attention'));
    expect(alarm?.subject).toBe('The role change of Lea Leaver needs attention');

    heal(engine, change.orgId);
    for (const { key, status } of (await change.record()).steps)
      if (status === 'failed') await change.command('retryStep', { actorId: 'own_it', stepKey: key });
    await change.until((now) => now.steps.some(({ key, status }) => key === stepKey && status === 'done'));
    await unlessOver(change, change.forwardBy(20 * DAY));
    const closed = await change.until((now) => now.closedAtMs !== undefined);
    expect(closed.state).toBe(undone ? 'undone' : 'completed');
  },
);

test('does not believe a lie about the quota, the second call of its step', async () => {
  const change = await startRoleChange(engine, { policy: FEW_TRIES });
  override(engine, change.orgId, { setSettings: lie });
  await change.forwardTo(3 * DAY);
  expect(await change.step('add-rights')).toMatchObject({
    status: 'failed',
    errorCode: 'READ_BACK_MISMATCH',
  });
});
