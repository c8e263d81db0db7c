import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  freshOrgId,
  NEW_YEAR_MS,
  openTestDirectory,
  PASSWORD,
  someAccount,
} from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';

const call = { effectKey: 'eff:test', asOfMs: NEW_YEAR_MS };

describe('signing in to the directory', () => {
  let opened: TestDirectory;
  beforeAll(async () => {
    opened = await openTestDirectory();
  });
  afterAll(() => opened.close());

  async function newcomer() {
    const orgId = freshOrgId();
    const account = someAccount();
    await opened.directory.createAccount(orgId, account);
    return { orgId, ...account };
  }

  test('opens a session with the password, by address or alias, whatever the case', async () => {
    const orgId = freshOrgId();
    const account = someAccount({ aliases: ['Other.Name@example.test'] });
    await opened.directory.createAccount(orgId, account);
    const signedIn = await opened.directory.signIn(orgId, ' other.name@EXAMPLE.test', PASSWORD, 'web');
    if (signedIn.kind !== 'signed_in') throw new Error(signedIn.code);
    expect(await opened.directory.currentSession(signedIn.token)).toEqual({
      kind: 'active',
      orgId,
      accountId: account.id,
      protocol: 'web',
    });
    expect(await opened.directory.getAccount(orgId, account.id)).toMatchObject({
      sessionCount: 1,
      lastLoginAtMs: NEW_YEAR_MS,
    });
  });

  test('takes an app password for mail and not for the web', async () => {
    const { orgId, id, address } = await newcomer();
    const added = await opened.directory.addAppPassword(orgId, id, 'phone');
    expect(await opened.directory.signIn(orgId, address, added!.secret)).toMatchObject({ kind: 'signed_in' });
    expect(await opened.directory.signIn(orgId, address, added!.secret, 'web')).toEqual({
      kind: 'refused',
      code: 'INVALID_CREDENTIALS',
    });
  });

  test('answers an unknown address as it answers a wrong password', async () => {
    const { orgId, address } = await newcomer();
    const wrong = await opened.directory.signIn(orgId, address, 'wrong');
    expect(wrong).toEqual({ kind: 'refused', code: 'INVALID_CREDENTIALS' });
    expect(await opened.directory.signIn(orgId, 'nobody@example.test', 'wrong')).toEqual(wrong);
    expect(await opened.directory.signIn(freshOrgId(), address, PASSWORD)).toEqual(wrong);
  });

  test('tells that an account is disabled only to whoever knows a secret of it', async () => {
    const { orgId, id, address } = await newcomer();
    const appPassword = await opened.directory.addAppPassword(orgId, id, 'phone');
    await opened.directory.disable(orgId, id, 'departure', call);
    const disabled = { kind: 'refused', code: 'ACCOUNT_DISABLED' };
    expect(await opened.directory.signIn(orgId, address, PASSWORD)).toEqual(disabled);
    expect(await opened.directory.signIn(orgId, address, appPassword!.secret)).toEqual(disabled);
    expect(await opened.directory.signIn(orgId, address, 'wrong')).toEqual({
      kind: 'refused',
      code: 'INVALID_CREDENTIALS',
    });
  });

  test('refuses the session of a disabled account, and a revoked one also after it is enabled again', async () => {
    const { orgId, id, address } = await newcomer();
    const first = await opened.directory.signIn(orgId, address, PASSWORD);
    if (first.kind !== 'signed_in') throw new Error(first.code);
    await opened.directory.disable(orgId, id, 'suspicious', call);
    expect(await opened.directory.currentSession(first.token)).toEqual({
      kind: 'refused',
      code: 'ACCOUNT_DISABLED',
    });
    await opened.directory.enable(orgId, id);
    expect(await opened.directory.currentSession(first.token)).toMatchObject({ kind: 'active' });
    await opened.directory.revokeSessions(orgId, id, call);
    expect(await opened.directory.currentSession(first.token)).toEqual({
      kind: 'refused',
      code: 'SESSION_UNKNOWN',
    });
  });

  test('refuses a token that is cut, changed or made up', async () => {
    const { orgId, id, address } = await newcomer();
    const signedIn = await opened.directory.signIn(orgId, address, PASSWORD);
    if (signedIn.kind !== 'signed_in') throw new Error(signedIn.code);
    for (const token of [
      '',
      'a.b',
      `${orgId}.${id}.`,
      `${signedIn.token}x`,
      `${signedIn.token}.x`,
      signedIn.token.slice(0, -1),
    ]) {
      expect(await opened.directory.currentSession(token)).toEqual({
        kind: 'refused',
        code: 'SESSION_UNKNOWN',
      });
    }
  });

  test('lets the lock win over a sign-in that was under way', async () => {
    const { orgId, id, address } = await newcomer();
    const signIns = Array.from({ length: 8 }, () => opened.other.signIn(orgId, address, PASSWORD));
    await opened.directory.disable(orgId, id, 'departure', call);
    await opened.directory.revokeSessions(orgId, id, call);
    await Promise.all(signIns);
    expect(await opened.directory.getAccount(orgId, id)).toMatchObject({
      sessionCount: 0,
      status: 'disabled',
    });
  });

  test('keeps no secret in clear', async () => {
    const { orgId, id, address } = await newcomer();
    const signedIn = await opened.directory.signIn(orgId, address, PASSWORD);
    const appPassword = await opened.directory.addAppPassword(orgId, id, 'phone');
    if (signedIn.kind !== 'signed_in') throw new Error(signedIn.code);
    const stored = await opened.database.connection.collection('dir_accounts').findOne({ orgId });
    const text = JSON.stringify(stored);
    expect(text).toContain('$argon2id$');
    for (const secret of [PASSWORD, appPassword!.secret, signedIn.token.split('.')[2]!])
      expect(text).not.toContain(secret);
  });
});
