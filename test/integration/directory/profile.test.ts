import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setProfile, type ProfileChange } from '../../../directory/accounts/set-profile.ts';
import { createDirectoryStore, type DirectoryStore } from '../../../directory/store/directory-store.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { freshOrgId, NEW_YEAR_MS, openTestDirectory, someAccount } from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';

const call = { effectKey: 'eff:test', asOfMs: NEW_YEAR_MS };

describe('the profile of an account', () => {
  let opened: TestDirectory;
  let store: DirectoryStore;
  beforeAll(async () => {
    opened = await openTestDirectory();
    store = createDirectoryStore(opened.database.connection);
  });
  afterAll(() => opened.close());

  async function newcomer(aliases: readonly string[] = []) {
    const orgId = freshOrgId();
    const account = { ...someAccount(), aliases };
    await opened.directory.createAccount(orgId, account);
    return { orgId, ...account };
  }
  const at = async (orgId: string, address: string) => (await opened.other.findByAddress(orgId, address))?.id;
  const all: ProfileChange = {
    ...{ firstName: 'Augusta', lastName: 'King', address: 'NEW@harbour.example', quotaBytes: 9 },
    ...{
      role: 'administrator',
      addAliases: ['more@harbour.example'],
      removeAliases: ['less@harbour.example'],
    },
  };

  test('changes all of it by one write, and nothing the second time', async () => {
    const { orgId, id, address } = await newcomer(['less@harbour.example', 'kept@harbour.example']);
    const wanted = { ...all, addAliases: ['more@harbour.example', address] };
    expect(await opened.directory.setProfile(orgId, id, wanted, call)).toEqual({ kind: 'changed' });
    expect(await opened.other.getAccount(orgId, id)).toMatchObject({
      ...{ firstName: 'Augusta', lastName: 'King', address: 'new@harbour.example', quotaBytes: 9 },
      ...{ role: 'administrator', aliases: ['kept@harbour.example', 'more@harbour.example', address] },
    });
    for (const own of ['new@harbour.example', 'more@harbour.example', 'kept@harbour.example', address])
      expect([own, await at(orgId, own)]).toEqual([own, id]);
    expect(await at(orgId, 'less@harbour.example')).toBeUndefined();
    expect(await opened.directory.setProfile(orgId, id, wanted, call)).toEqual({ kind: 'already' });
    const operations = (await opened.directory.readEffects(orgId)).map(({ operation }) => operation);
    expect(operations).toEqual(['createAccount', 'setProfile']);
  });

  test('refuses an address of another account and takes none of the others', async () => {
    const { orgId, id } = await newcomer();
    const other = someAccount();
    await opened.directory.createAccount(orgId, other);
    const wanted = { address: 'free@harbour.example', addAliases: [other.address] };
    expect(await opened.directory.setProfile(orgId, id, wanted, call)).toEqual({
      ...{ kind: 'refused', code: 'ADDRESS_TAKEN' },
    });
    expect(await at(orgId, 'free@harbour.example')).toBeUndefined();
    expect(await opened.directory.setProfile(orgId, 'acc_none', { quotaBytes: 1 }, call)).toEqual({
      ...{ kind: 'refused', code: 'NO_SUCH_ACCOUNT' },
    });
  });

  test('an address that is to go and belongs to another account by now stays there', async () => {
    const { orgId, id } = await newcomer();
    const other = someAccount();
    await opened.directory.createAccount(orgId, other);
    await opened.directory.setProfile(orgId, id, { removeAliases: [other.address] }, call);
    expect(await at(orgId, other.address)).toBe(other.id);
  });

  test('wherever it dies, doing it again ends it, and taking it back leaves no address behind', async () => {
    for (const then of ['again', 'back'] as const) {
      let points = 0;
      for (let died = true; died; points += 1) {
        const { orgId, id, address } = await newcomer(['less@harbour.example']);
        const where = { orgId, accountId: id, compareFirst: true };
        const wanted = { ...all, addAliases: ['more@harbour.example', address] };
        const process = dyingProcess(opened.database.connection, ({ length }) => length === points + 1);
        const ended = await Promise.allSettled([setProfile(store, where, wanted, call)]);
        process.restart();
        ({ died } = process);
        expect(ended[0].status).toBe(died ? 'rejected' : 'fulfilled');
        const back = {
          ...{ address, addAliases: ['less@harbour.example'] },
          removeAliases: ['new@harbour.example', 'more@harbour.example'],
        };
        await setProfile(store, where, then === 'again' ? wanted : back, call);
        const account = await opened.other.getAccount(orgId, id);
        const own = [account?.address, ...(account?.aliases ?? [])];
        expect([points, own.toSorted()]).toEqual([
          points,
          (then === 'again'
            ? ['more@harbour.example', 'new@harbour.example', address]
            : ['less@harbour.example', address]
          ).toSorted(),
        ]);
        const claimed = await store.addresses.page(orgId, { accountId: id }, '', 50);
        expect(claimed.map(({ _id }) => _id.slice(orgId.length + 1)).toSorted()).toEqual(own.toSorted());
      }
      expect(points - 1).toBeGreaterThanOrEqual(5);
    }
  });

  test('lets an administrator manage every account, a page at a time, and nobody else any', async () => {
    const { orgId, id } = await newcomer();
    const other = someAccount();
    await opened.directory.createAccount(orgId, other);
    const manageable = (accountId: string, after?: string) =>
      opened.other.manageableAccounts(orgId, accountId, {
        ...(after === undefined ? {} : { after }),
        limit: 1,
      });
    const refused = { kind: 'refused', code: 'NOT_AN_ADMINISTRATOR' };
    expect(await manageable(id)).toEqual(refused);
    await opened.directory.setProfile(orgId, id, { role: 'administrator' }, call);
    const [first, second] = [id, other.id].toSorted();
    expect(await manageable(id)).toMatchObject({ kind: 'allowed', accounts: [{ id: first }] });
    expect(await manageable(id, first)).toMatchObject({ kind: 'allowed', accounts: [{ id: second }] });
    expect(await manageable(other.id)).toEqual(refused);
    expect(await manageable('acc_none')).toEqual(refused);
    await opened.directory.disable(orgId, id, 'leave', call);
    expect(await manageable(id)).toEqual(refused);
  });
});
