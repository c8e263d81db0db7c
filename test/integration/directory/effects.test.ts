import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { disabling } from '../../../directory/accounts/account-writes.ts';
import { deleteAccount } from '../../../directory/accounts/delete-account.ts';
import { createAccount } from '../../../directory/accounts/create-account.ts';
import { writeAccount } from '../../../directory/accounts/write-account.ts';
import { storeCopy } from '../../../directory/mail/store-copy.ts';
import { storeMessage } from '../../../directory/mail/mailbox.ts';
import { createDirectoryStore } from '../../../directory/store/directory-store.ts';
import type { DirectoryStore } from '../../../directory/store/directory-store.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { freshOrgId, NEW_YEAR_MS, openTestDirectory, someAccount } from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';

const call = { effectKey: 'eff:test', asOfMs: NEW_YEAR_MS };

describe('the effect log of the directory', () => {
  let opened: TestDirectory;
  let store: DirectoryStore;
  beforeAll(async () => {
    opened = await openTestDirectory();
    store = createDirectoryStore(opened.database.connection);
  });
  afterAll(() => opened.close());

  async function newcomer() {
    const orgId = freshOrgId();
    const account = someAccount();
    await opened.directory.createAccount(orgId, account);
    return { orgId, ...account };
  }
  const operationsOf = async (orgId: string) =>
    (await opened.directory.readEffects(orgId)).map(({ operation }) => operation);

  /** Dies after the first write, then after the second, … and carries the work through after each death. */
  async function diesAnywhere(
    prepare: () => Promise<{ orgId: string; id: string }>,
    work: (at: { orgId: string; id: string }) => Promise<unknown>,
    check: (at: { orgId: string; id: string }) => Promise<void>,
  ) {
    for (let nthWrite = 1; ; nthWrite += 1) {
      const at = await prepare();
      const process = dyingProcess(opened.database.connection, ({ length }) => length === nthWrite);
      const ended = await Promise.allSettled([work(at)]);
      process.restart();
      expect(ended[0].status).toBe(process.died ? 'rejected' : 'fulfilled');
      if (!process.died) return nthWrite - 1;
      await work(at);
      await check(at);
    }
  }

  test('counts a copy once also for whoever looked before it arrived and came after', async () => {
    const { orgId, id } = await newcomer();
    const copy = { key: 'k', receivedAtMs: NEW_YEAR_MS, folder: 'inbox', raw: Buffer.from('hello') };
    let looks = 0;
    const late: DirectoryStore = {
      ...store,
      messages: {
        ...store.messages,
        async find(...given) {
          looks += 1;
          const found = await store.messages.find(...given);
          if (looks === 1) expect(await storeCopy(store, orgId, id, copy, call)).toEqual({ kind: 'changed' });
          return found;
        },
      },
    };
    expect(await storeCopy(late, orgId, id, copy, call)).toEqual({ kind: 'already' });
    expect((await opened.directory.getAccount(orgId, id))?.mailbox).toMatchObject({
      messageCount: 1,
      bytes: 5,
    });
    expect((await operationsOf(orgId)).filter((operation) => operation === 'storeMessage')).toHaveLength(1);
  });

  test('has one line for a change and none for a second try', async () => {
    const { orgId, id } = await newcomer();
    expect(await opened.directory.disable(orgId, id, 'departure', call)).toEqual({ kind: 'changed' });
    expect(await opened.directory.disable(orgId, id, 'departure', call)).toEqual({ kind: 'already' });
    expect(await opened.directory.readEffects(orgId)).toEqual([
      expect.objectContaining({ operation: 'createAccount', accountId: id, atMs: NEW_YEAR_MS }),
      expect.objectContaining({
        operation: 'disable',
        accountId: id,
        effectKey: 'eff:test',
        atMs: NEW_YEAR_MS,
      }),
    ]);
  });

  test('has a line for each try once comparing is switched off', async () => {
    const careless = await openTestDirectory({ compareFirst: false });
    const { orgId, id } = await newcomer();
    await careless.directory.disable(orgId, id, 'departure', call);
    await careless.directory.disable(orgId, id, 'departure', call);
    expect(await operationsOf(orgId)).toEqual(['createAccount', 'disable', 'disable']);
    await careless.close();
  });

  test('counts one of many that want the same at once', async () => {
    const { orgId, id } = await newcomer();
    const both = [opened.directory, opened.other];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => both[n % 2]!.setRole(orgId, id, 'administrator', call)),
    );
    expect(results.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
    expect(await operationsOf(orgId)).toEqual(['createAccount', 'setRole']);
  });

  test('agrees with the account wherever the process dies while disabling', async () => {
    const deaths = await diesAnywhere(
      newcomer,
      ({ orgId, id }) =>
        writeAccount(store, { orgId, accountId: id, compareFirst: true }, disabling('departure'), call),
      async ({ orgId, id }) => {
        expect(await opened.directory.getAccount(orgId, id)).toMatchObject({ status: 'disabled' });
        expect(await operationsOf(orgId)).toEqual(['createAccount', 'disable']);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(3);
  });

  test('agrees with the account wherever the process dies while creating it', async () => {
    const wanted = { ...someAccount(), aliases: ['ada@example.test'] };
    await diesAnywhere(
      () => Promise.resolve({ orgId: freshOrgId(), id: someAccount().id }),
      ({ orgId, id }) =>
        createAccount(store, orgId, { ...wanted, id }, { effectKey: `create:${id}`, asOfMs: NEW_YEAR_MS }),
      async ({ orgId, id }) => {
        expect(await opened.directory.findByAddress(orgId, 'ada@example.test')).toMatchObject({ id });
        expect(await operationsOf(orgId)).toEqual(['createAccount']);
      },
    );
  });

  test('agrees with the account wherever the process dies while deleting, and nothing of it is left', async () => {
    const deaths = await diesAnywhere(
      async () => {
        const created = await newcomer();
        await opened.directory.deliver(created.orgId, {
          to: created.address,
          from: 'a@out.test',
          subject: 's',
          text: 't',
        });
        return created;
      },
      ({ orgId, id }) => deleteAccount(store, orgId, id, 1, call),
      async ({ orgId, id }) => {
        expect(await opened.directory.getAccount(orgId, id)).toBeUndefined();
        expect(await operationsOf(orgId)).toEqual(['createAccount', 'deleteAccount']);
        for (const name of ['dir_messages', 'dir_addresses', 'dir_outgoing', 'dir_answered']) {
          expect(await opened.database.connection.collection(name).findOne({ orgId })).toBeNull();
        }
        const stone = JSON.stringify(
          await opened.database.connection.collection('dir_accounts').findOne({ orgId }),
        );
        for (const personal of ['Ada', 'Byron', 'example.test', 'argon2'])
          expect(stone).not.toContain(personal);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(6);
  });

  test('counts every message that is in the mailbox, wherever the process dies while storing one', async () => {
    const message = {
      to: 'ada@example.test',
      folder: 'INBOX',
      raw: Buffer.from('Subject: s\r\n\r\nt\r\n'),
      atMs: NEW_YEAR_MS,
    };
    const deaths = await diesAnywhere(
      newcomer,
      ({ orgId, id }) => storeMessage(store, orgId, id, message),
      async ({ orgId, id }) => {
        // A delivery that died before its end blocks the deletion at a revision that does not know it.
        const before = await opened.directory.getAccount(orgId, id);
        expect(await opened.directory.deleteAccount(orgId, id, before!.mailbox.revision - 1, call)).toEqual({
          kind: 'refused',
          code: 'MAILBOX_CHANGED',
        });
        const listed: string[] = [];
        for await (const { id: messageId } of opened.directory.listMessages(orgId, id))
          listed.push(messageId);
        const { mailbox } = (await opened.directory.getAccount(orgId, id))!;
        expect(mailbox.messageCount).toBe(listed.length);
        expect(mailbox.bytes).toBe(listed.length * message.raw.byteLength);
        expect(await opened.directory.deleteAccount(orgId, id, mailbox.revision, call)).toEqual({
          kind: 'changed',
        });
      },
    );
    expect(deaths).toBe(3);
  });

  test('keeps one copy of a message and one effect, wherever the process dies while storing it', async () => {
    const copy = {
      key: 'cas_1:msg_1',
      receivedAtMs: 1_000,
      folder: 'Copies',
      raw: Buffer.from('Subject: s'),
    };
    const deaths = await diesAnywhere(
      newcomer,
      ({ orgId, id }) => storeCopy(store, orgId, id, copy, call),
      async ({ orgId, id }) => {
        await opened.directory.storeCopy(orgId, id, copy, call);
        expect(await opened.directory.storeCopy(orgId, id, copy, call)).toEqual({ kind: 'already' });
        expect(Buffer.from((await opened.directory.readCopy(orgId, id, copy))!)).toEqual(copy.raw);
        const { mailbox } = (await opened.directory.getAccount(orgId, id))!;
        expect(mailbox).toMatchObject({ messageCount: 1, bytes: copy.raw.byteLength });
        const effects = await opened.directory.readEffects(orgId);
        expect(effects.filter(({ operation }) => operation === 'storeMessage')).toHaveLength(1);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(3);
  });
});
