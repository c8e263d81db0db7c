import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshOrgId, NEW_YEAR_MS, openTestDirectory, someAccount } from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';

const call = { effectKey: 'eff:test', asOfMs: NEW_YEAR_MS };

describe('creating an account', () => {
  let opened: TestDirectory;
  beforeAll(async () => {
    opened = await openTestDirectory();
  });
  afterAll(() => opened.close());

  test('changes nothing the second time, and gives a generated password once', async () => {
    const orgId = freshOrgId();
    const { password: _, ...wanted } = someAccount();
    const created = await opened.directory.createAccount(orgId, wanted);
    if (created.kind !== 'created' || created.generatedPassword === undefined) throw new Error(created.kind);
    expect(await opened.directory.createAccount(orgId, wanted)).toEqual({ kind: 'already' });
    expect(await opened.directory.signIn(orgId, wanted.address, created.generatedPassword)).toMatchObject({
      kind: 'signed_in',
    });
  });

  test('refuses an address that somebody has, and keeps none of the others', async () => {
    const orgId = freshOrgId();
    await opened.directory.createAccount(orgId, someAccount({ address: 'taken@example.test' }));
    const second = someAccount({ address: 'free@example.test', aliases: ['Taken@example.test'] });
    expect(await opened.directory.createAccount(orgId, second)).toEqual({
      kind: 'refused',
      code: 'ADDRESS_TAKEN',
    });
    const third = someAccount({ address: 'free@example.test' });
    expect(await opened.directory.createAccount(orgId, third)).toEqual({ kind: 'created' });
  });

  test('refuses an id that another organisation uses, and that of a deleted account', async () => {
    const [orgId, elsewhere] = [freshOrgId(), freshOrgId()];
    const account = someAccount();
    await opened.directory.createAccount(orgId, account);
    expect(await opened.directory.createAccount(elsewhere, account)).toEqual({
      kind: 'refused',
      code: 'ID_TAKEN',
    });
    await opened.directory.deleteAccount(orgId, account.id, 0, call);
    expect(await opened.directory.createAccount(orgId, account)).toEqual({
      kind: 'refused',
      code: 'ACCOUNT_DELETED',
    });
  });
});
