import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDirectoryConnector } from '../../../activities/connectors/directory/directory-connector.ts';
import { OPERATIONS } from '../../../activities/ports/target-connector.ts';
import { DIRECTORY_PROTOCOLS } from '../../../directory/account.ts';
import { createDirectory } from '../../../directory/create-directory.ts';
import { connectDatabase } from '../../../shared/platform/persistence/connect.ts';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import { openCuttableProxy } from '../../support/cuttable-proxy.ts';
import { createLyingConnector } from '../../support/lying-connector.ts';
import { createMemoryVault } from '../../support/memory-vault.ts';
import {
  freshOrgId,
  NEW_YEAR_MS,
  openTestDirectory,
  PASSWORD,
  someAccount,
  testDatabaseUri,
} from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';
import { describeConnector } from './contract.ts';
import { MOVES } from './contract-handover.ts';
import { WRITES, type ContractAccount } from './contract-target.ts';

const fill = (text: string) =>
  Buffer.concat([Buffer.from(`Subject: ${text}\r\n\r\n`), Buffer.from([0, 254, 13, 10])]);

async function newAccount({ directory, other, clock }: TestDirectory): Promise<ContractAccount> {
  const orgId = freshOrgId();
  const { id, address, ...rest } = someAccount({ role: 'administrator' });
  await directory.createAccount(orgId, { ...rest, id, address });
  await directory.signIn(orgId, address, PASSWORD);
  await directory.addAppPassword(orgId, id, 'phone');
  await directory.addRule(orgId, id, { name: 'later', action: 'move:Later' });
  const messages = [fill('one'), fill('two')];
  for (const [index, raw] of messages.entries()) {
    clock.set(NEW_YEAR_MS + index);
    await directory.deliver(orgId, { to: address, from: 'friend@out.test', raw });
  }
  await directory.addForward(orgId, id, { to: 'owner@private.test', keepCopy: true });
  await directory.addOauthGrant(orgId, id, { client: 'Calendar sync', scopes: ['calendar'] });
  await directory.addLink(orgId, id, { kind: 'reset', expiresAtMs: NEW_YEAR_MS + 1_000 });
  await directory.addRecoveryMeans(orgId, id, { kind: 'totp', label: 'phone' });
  await directory.setMemberships(orgId, id, { groups: ['staff'], lists: ['everybody'] });
  await directory.setDelegations(orgId, id, [
    { ownerAccountId: 'acc_boss', resource: 'calendar', right: 'write' },
  ]);
  const heir = someAccount();
  await directory.createAccount(orgId, heir);
  const [file, calendar, meeting] = [`fil:${id}`, `cal:${id}`, `mee:${id}`];
  const of = { ownerAccountId: id };
  await directory.addFile(orgId, { ...of, id: file, name: 'Offers', sizeBytes: 1 });
  const shared = { name: 'Team', sharedWith: [heir.id], closed: false };
  await directory.addCalendar(orgId, { ...of, id: calendar, ...shared });
  const next = { calendarId: calendar, title: 'Weekly', startsAtMs: NEW_YEAR_MS, cancelled: false };
  await directory.addMeeting(orgId, { ...of, id: meeting, ...next });
  const connector = createDirectoryConnector({ writes: directory, reads: other, vault: createMemoryVault() })(
    orgId,
  );
  return {
    connector,
    ref: { target: 'directory', accountId: id },
    secret: PASSWORD,
    heir: { target: 'directory', accountId: heir.id },
    owned: { file, calendar, meeting },
    messages,
    deliver: async () => {
      await directory.deliver(orgId, { to: address, from: 'friend@out.test', raw: fill('three') });
    },
    effects: async () =>
      (await directory.readEffects(orgId)).filter(
        ({ accountId, effectKey }) => accountId === id && !effectKey.startsWith('hand:'),
      ),
  };
}

describeConnector('directory', async () => {
  const opened = await openTestDirectory();
  const down = await openTestDirectory();
  await down.close();
  return {
    newAccount: () => newAccount(opened),
    downConnector: () => {
      const { directory: writes, other: reads } = down;
      return Promise.resolve(
        createDirectoryConnector({ writes, reads, vault: createMemoryVault() })(freshOrgId()),
      );
    },
    close: () => opened.close(),
  };
});

describe('the control account of the directory', () => {
  let opened: TestDirectory;
  beforeAll(async () => {
    opened = await openTestDirectory();
  });
  afterAll(() => opened.close());

  function connectorOf(orgId: string) {
    return createDirectoryConnector({
      writes: opened.directory,
      reads: opened.other,
      vault: createMemoryVault(),
    })(orgId);
  }

  test('is made once when it is needed, as a service account', async () => {
    const orgId = freshOrgId();
    const connector = connectorOf(orgId);
    await Promise.all([connector.probeControl(), connector.probeControl()]);
    const account = await opened.directory.findByAddress(orgId, 'control-account@gangway.invalid');
    expect(account).toMatchObject({ service: true, role: 'user', sessionCount: 0 });
    expect((await opened.directory.readEffects(orgId)).map(({ operation }) => operation)).toEqual([
      'createAccount',
    ]);
    expect(
      await opened.directory.deliver(orgId, {
        to: account!.address,
        from: 'a@out.test',
        subject: 's',
        text: 't',
      }),
    ).toMatchObject({
      code: 'MAILBOX_FULL',
    });
  });

  test('says so when somebody disabled it, and does not help itself', async () => {
    const orgId = freshOrgId();
    const connector = connectorOf(orgId);
    await connector.probeControl();
    const account = await opened.directory.findByAddress(orgId, 'control-account@gangway.invalid');
    await opened.directory.disable(orgId, account!.id, 'suspicious', {
      effectKey: 'hand',
      asOfMs: NEW_YEAR_MS,
    });
    expect((await connector.probeControl()).map(({ result }) => result)).toEqual([
      ...DIRECTORY_PROTOCOLS.map(() => 'refused_disabled'),
    ]);
  });
});

const NEWCOMER = {
  ...{ firstName: 'Nina', lastName: 'New', address: 'nina@example.test', aliases: [] },
  ...{ quotaBytes: 1_000, role: 'user' as const },
};

describe('the facts the directory tells for reviews', () => {
  test('say since when an account, an alias and a redirect are there; what is not known is absent', async () => {
    const opened = await openTestDirectory();
    const { connector, ref } = await newAccount(opened);
    const [alias, asOfMs] = [`alias.${ref.accountId}@example.test`, NEW_YEAR_MS + 5];
    const call = { effectKey: 'eff:facts', asOfMs };
    expect((await connector.readMany([ref.accountId])).get(ref.accountId)?.redirect).toBeUndefined();
    await connector.setSettings(ref, { aliases: [alias], quotaBytes: 100_000 }, call);
    await connector.setRedirect(ref, { to: 'heir@out.test', keepCopy: true }, call);
    const [before] = await connector.listAccounts({ limit: 1, after: ref.accountId.slice(0, -1) });
    expect(before).toMatchObject({
      aliases: [{ address: alias, sinceMs: asOfMs }],
      redirect: { to: 'heir@out.test', sinceMs: asOfMs },
    });
    expect(typeof before?.createdAtMs).toBe('number');
    expect((await connector.read(ref))?.redirect).toEqual({ to: 'heir@out.test', keepCopy: true });
    await opened.close();
  });
});

describe('the lying connector', () => {
  test('answers `changed` to every write and leaves the account as it was', async () => {
    const opened = await openTestDirectory();
    const account = await newAccount(opened);
    const { connector, ref } = account;
    const before = await connector.read(ref);
    const logged = await account.effects();
    const liar = createLyingConnector(connector);
    const call = { effectKey: 'eff:lie', asOfMs: NEW_YEAR_MS };
    const lying = { ...account, connector: liar };
    const answers = await Promise.all([
      ...WRITES.map(({ write }) => write(lying, call, before!)),
      liar.createAccount(ref, NEWCOMER, call),
      liar.enable(ref, call),
      liar.endAutoReply(ref, call),
      liar.endMailboxAccess(ref, account.heir, call),
      ...MOVES.map(({ move }) => move(lying)),
      liar.keepRedirect(ref, undefined, call),
    ]);
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['changed']));
    expect(answers).toHaveLength(
      OPERATIONS.length - ['read', 'listAccounts', 'proveLockedOut', 'archive', 'exportContacts'].length,
    );
    expect(await liar.read(ref)).toEqual(before);
    expect(await account.effects()).toEqual(logged);
    await opened.close();
  });
});

describe('the directory connector when its database goes away', () => {
  test('says TargetUnavailable and keeps addresses out of the error', async () => {
    const opened = await openTestDirectory();
    const { ref, secret } = await newAccount(opened);
    const uri = new URL(testDatabaseUri());
    const proxy = await openCuttableProxy(uri.hostname, Number(uri.port));
    uri.port = String(proxy.port);
    const database = await connectDatabase(uri.href, { serverSelectionTimeoutMs: 300 });
    const { connection } = database;
    const directory = createDirectory({ connection, clock: opened.clock, sendMail: () => Promise.resolve() });
    const connector = createDirectoryConnector({
      writes: directory,
      reads: directory,
      vault: createMemoryVault(),
    })(freshOrgId());
    expect(await connector.read(ref)).toBeUndefined();
    await proxy.cut();
    const call = { effectKey: 'eff:cut', asOfMs: NEW_YEAR_MS };
    const error: unknown = await connector.setPassword(ref, secret, call).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TargetUnavailable);
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toMatch(/127\.0\.0\.1|@/);
    await expect(connector.probeSignIn(ref, secret)).rejects.toThrow(TargetUnavailable);
    await database.close();
    await opened.close();
  });
});
