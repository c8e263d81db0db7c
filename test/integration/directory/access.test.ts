import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SWITCHED_PROTOCOLS } from '../../../directory/access.ts';
import {
  DAY_MS,
  freshOrgId,
  NEW_YEAR_MS,
  openTestDirectory,
  PASSWORD,
  someAccount,
} from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';

const call = { effectKey: 'eff:test', asOfMs: NEW_YEAR_MS };
const NEW_PASSWORD = 'another battery staple';
const refused = (code: string) => ({ kind: 'refused', code });

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

describe('an OAuth grant', () => {
  test('signs in with its own protocol, and with no other, until it is revoked', async () => {
    const { directory } = opened;
    const { orgId, id, address } = await newcomer();
    const grant = (await directory.addOauthGrant(orgId, id, { client: 'Notes', scopes: ['mail'] }))!;
    const session = await directory.signIn(orgId, address, grant.token, 'oauth');
    expect(session).toMatchObject({ kind: 'signed_in', accountId: id });
    for (const protocol of ['web', 'mail', 'imap'] as const)
      expect(await directory.trySecret(orgId, address, grant.token, protocol)).toEqual(
        refused('INVALID_CREDENTIALS'),
      );
    await directory.disable(orgId, id, 'leave', call);
    expect(await directory.trySecret(orgId, address, grant.token, 'oauth')).toEqual(
      refused('ACCOUNT_DISABLED'),
    );
    await directory.enable(orgId, id);
    await directory.revokeOauthGrants(orgId, id, call);
    expect(await directory.trySecret(orgId, address, grant.token, 'oauth')).toEqual(
      refused('INVALID_CREDENTIALS'),
    );
  });

  test('shows itself without its token', async () => {
    const { orgId, id } = await newcomer();
    const grant = await opened.directory.addOauthGrant(orgId, id, { client: 'Notes', scopes: ['mail'] });
    const view = await opened.directory.getAccount(orgId, id);
    expect(view?.oauthGrants).toEqual([
      { id: grant?.id, client: 'Notes', scopes: ['mail'], grantedAtMs: NEW_YEAR_MS },
    ]);
  });
});

describe('a protocol', () => {
  test('that is switched off refuses whoever knows the secret with a code of its own, and only them', async () => {
    const { directory } = opened;
    const { orgId, id, address } = await newcomer();
    const { secret } = (await directory.addAppPassword(orgId, id, 'phone'))!;
    await directory.setProtocols(orgId, id, { imap: true, pop: false, smtp: false }, call);
    expect(await directory.trySecret(orgId, address, secret, 'imap')).toEqual({ kind: 'accepted' });
    expect(await directory.trySecret(orgId, address, secret, 'mail')).toEqual({ kind: 'accepted' });
    expect(await directory.signIn(orgId, address, PASSWORD, 'pop')).toEqual(refused('PROTOCOL_OFF'));
    expect(await directory.signIn(orgId, address, 'wrong', 'pop')).toEqual(refused('INVALID_CREDENTIALS'));

    await directory.setProtocols(orgId, id, { imap: false, pop: false, smtp: false }, call);
    for (const protocol of [...SWITCHED_PROTOCOLS, 'mail'] as const)
      expect(await directory.trySecret(orgId, address, secret, protocol)).toEqual(refused('PROTOCOL_OFF'));
    expect(await directory.trySecret(orgId, address, PASSWORD, 'web')).toEqual({ kind: 'accepted' });
  });
});

describe('a link', () => {
  async function withLink(kind: 'setup' | 'reset' = 'reset') {
    const account = await newcomer();
    opened.clock.set(NEW_YEAR_MS);
    const expiresAtMs = NEW_YEAR_MS + DAY_MS;
    const link = (await opened.directory.addLink(account.orgId, account.id, { kind, expiresAtMs }))!;
    return { ...account, link: link.text };
  }
  const use = (orgId: string, link: string) => opened.directory.useLink(orgId, link, NEW_PASSWORD);

  test.each(['setup', 'reset'] as const)('of kind %s sets the password once', async (kind) => {
    const { orgId, id, address, link } = await withLink(kind);
    const answers = await Promise.all([use(orgId, link), use(orgId, link), use(orgId, link)]);
    expect(answers.filter((answer) => answer.kind === 'password_set')).toEqual([
      { kind: 'password_set', accountId: id },
    ]);
    expect(await use(orgId, link)).toEqual(refused('LINK_USED'));
    expect(await opened.directory.trySecret(orgId, address, NEW_PASSWORD, 'web')).toEqual({
      kind: 'accepted',
    });
  });

  test('says when it is void, has expired, or is not known, and sets nothing', async () => {
    const { orgId, id, address, link } = await withLink();
    expect(await use(orgId, `${link}x`)).toEqual(refused('LINK_UNKNOWN'));
    expect(await use(freshOrgId(), link)).toEqual(refused('LINK_UNKNOWN'));
    opened.clock.set(NEW_YEAR_MS + DAY_MS);
    expect(await use(orgId, link)).toEqual(refused('LINK_EXPIRED'));
    opened.clock.set(NEW_YEAR_MS);
    await opened.directory.voidLinks(orgId, id, call);
    expect(await use(orgId, link)).toEqual(refused('LINK_VOID'));
    expect(await opened.directory.trySecret(orgId, address, PASSWORD, 'web')).toEqual({ kind: 'accepted' });
  });

  test('does not open a disabled account, and stays open for when it is enabled again', async () => {
    const { orgId, id, link } = await withLink();
    await opened.directory.disable(orgId, id, 'leave', call);
    expect(await use(orgId, link)).toEqual(refused('ACCOUNT_DISABLED'));
    await opened.directory.enable(orgId, id);
    expect(await use(orgId, link)).toMatchObject({ kind: 'password_set' });
  });
});

test('an account that 0.1.0 wrote has none of it, every protocol on, and can be changed', async () => {
  const { directory, database } = opened;
  const { orgId, id, address } = await newcomer();
  const added = ['oauthGrants', 'links', 'recoveryMeans', 'protocols', 'lists', 'delegations'];
  const accounts = database.connection.collection('dir_accounts');
  const unset = Object.fromEntries(added.map((name) => [name, 1]));
  await accounts.updateOne({ orgId, _id: id as never }, { $unset: unset });
  const view = await directory.getAccount(orgId, id);
  expect(view).toMatchObject({
    ...{ oauthGrants: [], links: [], recoveryMeans: [], lists: [], delegations: [] },
    protocols: { imap: true, pop: true, smtp: true },
  });
  expect(await directory.trySecret(orgId, address, PASSWORD, 'imap')).toEqual({ kind: 'accepted' });
  expect(await directory.revokeOauthGrants(orgId, id, call)).toEqual({ kind: 'already' });
  const grant = await directory.addOauthGrant(orgId, id, { client: 'Notes', scopes: [] });
  expect(await directory.trySecret(orgId, address, grant!.token, 'oauth')).toEqual({ kind: 'accepted' });
});

test('a deleted account keeps nothing of it, and takes nothing new', async () => {
  const { directory } = opened;
  const { orgId, id } = await newcomer();
  await directory.addOauthGrant(orgId, id, { client: 'Notes', scopes: [] });
  const { text } = (await directory.addLink(orgId, id, { kind: 'reset', expiresAtMs: NEW_YEAR_MS * 2 }))!;
  await directory.setMemberships(orgId, id, { groups: ['staff'], lists: ['news'] });
  await directory.deleteAccount(orgId, id, 0, call);
  expect(await directory.useLink(orgId, text, NEW_PASSWORD)).toEqual(refused('LINK_UNKNOWN'));
  expect(await directory.addOauthGrant(orgId, id, { client: 'Notes', scopes: [] })).toBeUndefined();
  expect(await directory.addRecoveryMeans(orgId, id, { kind: 'totp', label: 'x' })).toBeUndefined();
  const stone = await opened.database.connection.collection('dir_accounts').findOne({ _id: id as never });
  expect(JSON.stringify(stone)).not.toMatch(/Notes|news|staff|reset/);
});
