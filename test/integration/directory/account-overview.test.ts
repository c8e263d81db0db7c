import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DirectoryStore } from '../../../directory/store/directory-store.ts';
import { createDirectoryStore } from '../../../directory/store/directory-store.ts';
import {
  DAY_MS,
  freshOrgId,
  NEW_YEAR_MS,
  openTestDirectory,
  someAccount,
} from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';

const at = (asOfMs: number) => ({ effectKey: `eff:test:${asOfMs}`, asOfMs });

describe('what the directory remembers for reviews', () => {
  let opened: TestDirectory;
  let store: DirectoryStore;
  beforeAll(async () => {
    opened = await openTestDirectory();
    store = createDirectoryStore(opened.database.connection);
  });
  afterAll(() => opened.close());

  async function newcomer(names: readonly string[] = ['one']) {
    const orgId = freshOrgId();
    const account = someAccount();
    const aliases = names.map((name) => `${name}.${account.id}@example.test`);
    await opened.directory.createAccount(orgId, { ...account, aliases }, at(1_000));
    const overview = async () => (await opened.other.findOverviews(orgId, [account.id]))[0]!;
    const mail = (to: string, atMs: number) => {
      opened.clock.set(atMs);
      return opened.directory.deliver(orgId, { to, from: 'friend@out.test', subject: 's', text: 't' });
    };
    return { orgId, id: account.id, address: account.address, aliases, overview, mail };
  }

  test('when the account was made, also of many at once', async () => {
    const { orgId, overview } = await newcomer();
    expect((await overview()).createdAtMs).toBe(1_000);
    const { password: _, ...many } = someAccount({ aliases: ['many@example.test'] });
    await opened.directory.createAccounts(orgId, [{ ...many, effectKey: 'eff:many' }], 2_000);
    expect((await opened.other.findOverviews(orgId, [many.id]))[0]).toMatchObject({
      createdAtMs: 2_000,
      aliasUse: [{ address: 'many@example.test', sinceMs: 2_000 }],
    });
  });

  test('since when a redirect leads where it does', async () => {
    const { orgId, id, overview } = await newcomer();
    const set = (to: string, atMs: number, untilMs: number) =>
      opened.directory.setRedirect(orgId, id, { to, keepCopy: true, untilMs }, at(atMs));
    await set('a@out.test', 5_000, 9_000);
    await set('a@out.test', 6_000, 10_000);
    expect((await overview()).redirectSinceMs).toBe(5_000);
    await set('b@out.test', 7_000, 10_000);
    expect((await overview()).redirectSinceMs).toBe(7_000);
    await set('b@out.test', 10_000, 20_000);
    expect((await overview()).redirectSinceMs).toBe(10_000);
    await opened.directory.setRedirect(orgId, id, undefined, at(11_000));
    expect((await overview()).redirectSinceMs).toBeUndefined();
    expect(await opened.directory.getAccount(orgId, id)).not.toHaveProperty('redirectSinceMs');
  });

  test('since when each alias is there, whichever way it came', async () => {
    const { orgId, id, aliases, overview } = await newcomer();
    const [two, three] = ['two@example.test', 'three@example.test'].map((alias) => `${id}.${alias}`);
    const settings = { aliases: [...aliases, two!], quotaBytes: 1_000_000 };
    await opened.directory.setSettings(orgId, id, settings, at(2_000));
    await opened.directory.setProfile(orgId, id, { addAliases: [three!] }, at(3_000));
    expect((await overview()).aliasUse).toEqual([
      { address: aliases[0], sinceMs: 1_000 },
      { address: two, sinceMs: 2_000 },
      { address: three, sinceMs: 3_000 },
    ]);
    await opened.directory.setProfile(orgId, id, { removeAliases: [two!, aliases[0]!] }, at(4_000));
    expect((await overview()).aliasUse).toEqual([{ address: three, sinceMs: 3_000 }]);
    await opened.directory.setSettings(orgId, id, { aliases: [], quotaBytes: 5 }, at(5_000));
    expect((await overview()).aliasUse).toBeUndefined();
  });

  test('when mail last came to an alias: stored, or refused as the mailbox was full', async () => {
    const { orgId, id, address, aliases, overview, mail } = await newcomer(['one', 'two']);
    await mail(address, NEW_YEAR_MS);
    expect((await overview()).aliasUse).toEqual(aliases.map((alias) => ({ address: alias, sinceMs: 1_000 })));
    expect(await mail(aliases[1]!.toUpperCase(), NEW_YEAR_MS + 5)).toMatchObject({ kind: 'stored' });
    await opened.directory.setSettings(orgId, id, { aliases, quotaBytes: 1 }, at(NEW_YEAR_MS));
    expect(await mail(aliases[0]!, NEW_YEAR_MS + 6)).toMatchObject({ code: 'MAILBOX_FULL' });
    expect((await overview()).aliasUse).toEqual([
      { address: aliases[0], sinceMs: 1_000, lastMailAtMs: NEW_YEAR_MS + 6 },
      { address: aliases[1], sinceMs: 1_000, lastMailAtMs: NEW_YEAR_MS + 5 },
    ]);
  });

  test('of mail that only went on, once a day', async () => {
    const { orgId, id, aliases, overview, mail } = await newcomer();
    await opened.directory.setRedirect(orgId, id, { to: 'heir@out.test', keepCopy: false });
    for (const atMs of [NEW_YEAR_MS, NEW_YEAR_MS + DAY_MS - 1])
      expect(await mail(aliases[0]!, atMs)).toMatchObject({ kind: 'forwarded' });
    expect((await overview()).aliasUse).toMatchObject([{ lastMailAtMs: NEW_YEAR_MS }]);
    const { rev } = (await store.accounts.find(orgId, id))!;
    await mail(aliases[0]!, NEW_YEAR_MS + DAY_MS);
    expect((await overview()).aliasUse).toMatchObject([{ lastMailAtMs: NEW_YEAR_MS + DAY_MS }]);
    expect((await store.accounts.find(orgId, id))?.rev).toBe(rev + 1);
  });

  test('nothing of an alias of before, until mail makes the account be written: it is watched from then on', async () => {
    const { orgId, id, address, aliases, overview, mail } = await newcomer();
    const { aliasUse: _, createdAtMs: __, ...before } = (await store.accounts.find(orgId, id))!;
    await store.accounts.replace((await store.accounts.find(orgId, id))!, before);
    expect(await overview()).not.toHaveProperty('aliasUse');
    await mail(address, NEW_YEAR_MS);
    expect((await overview()).aliasUse).toEqual([{ address: aliases[0], sinceMs: NEW_YEAR_MS }]);
  });
});
