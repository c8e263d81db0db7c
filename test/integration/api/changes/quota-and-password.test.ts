import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountsOf, assertSettled, mailTo, onTwoTargets, outcome } from '../../../support/changes.ts';
import {
  createTestPerson,
  NOW_MS,
  startTestApi,
  type Json,
  type TestApi,
} from '../../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('a quota', () => {
  const set = (id: string, quotaBytes: unknown) =>
    api.request('PUT', `/v1/people/${id}/quota`, { quotaBytes });

  test('is a limit: what goes beyond it is refused by every target, until there is room again', async () => {
    const id = await onTwoTargets(api, { lastName: 'Quota' });
    const [account, address] = [id.replace('per_', 'acc_'), 'ada.quota@harbour.example'];
    expect((await set(id, 2_000)).body).toMatchObject({ quotaBytes: 2_000 });
    expect(await mailTo(api, address, 'x'.repeat(1_000))).toEqual([account, account]);
    expect(await mailTo(api, address, 'x'.repeat(1_000))).toEqual(['MAILBOX_FULL', 'MAILBOX_FULL']);
    expect((await set(id, 4_000)).status).toBe(200);
    expect(await mailTo(api, address, 'x'.repeat(1_000))).toEqual([account, account]);
    await assertSettled(api, id);
  });

  test('is not set below what one of the mailboxes holds', async () => {
    const id = await onTwoTargets(api, { lastName: 'Holds' });
    const mail = { target: 'branch', from: 'x@out.example', to: 'ada.holds@harbour.example', subject: 'S' };
    await api.request('POST', '/v1/directory/deliver', { ...mail, text: 'x'.repeat(5_000) });
    const [, branch] = await accountsOf(api, id);
    const used = (branch!['mailbox'] as { bytes: number }).bytes;
    const refused = await set(id, used - 1);
    expect([...outcome(refused), refused.body['usedBytes']]).toEqual([
      ...[422, 'QUOTA_BELOW_USE', '/quotaBytes', used],
    ]);
    expect((await set(id, used)).status).toBe(200);
    await assertSettled(api, id);
  });

  test('is put back where mail came in while it was being lowered', async () => {
    const id = await onTwoTargets(api, { lastName: 'Meanwhile' });
    const branch = api.directories['branch']!;
    const real = branch.setProfile.bind(branch);
    branch.setProfile = async (...given) => {
      branch.setProfile = real;
      await mailTo(api, 'ada.meanwhile@harbour.example', 'x'.repeat(500));
      return real(...given);
    };
    expect(outcome(await set(id, 400))).toEqual([422, 'QUOTA_BELOW_USE', '/quotaBytes']);
    expect((await assertSettled(api, id))['quotaBytes']).toBe(5 * 1024 ** 3);
  });

  test.each([0, -1, 1.5, '1000', 2 ** 53, null])('is not %p', async (quotaBytes) => {
    expect(outcome(await set(await createTestPerson(api), quotaBytes))).toEqual([
      ...[400, 'INVALID_REQUEST', '/quotaBytes'],
    ]);
  });
});

describe('a password set by an administrator', () => {
  const set = (id: string, body: Json, idempotencyKey?: string) =>
    api.request(
      'PUT',
      `/v1/people/${id}/password`,
      body,
      idempotencyKey === undefined ? {} : { idempotencyKey },
    );
  const signIn = async (address: string, secret: unknown, target = 'directory') => {
    const reply = await api.request('POST', '/v1/directory/sign-in', { address, secret, target });
    return reply.body['result'] ?? reply.body['code'];
  };

  test('signs in on every target in place of the old one, and is shown once where it was made', async () => {
    const id = await onTwoTargets(api, { lastName: 'Password' });
    const address = 'ada.password@harbour.example';
    const made = await set(id, {}, 'made');
    const secret = made.body['generatedPassword'];
    expect(await signIn(address, secret)).toBe('signed_in');
    expect(await signIn(address, secret, 'branch')).toBe('signed_in');
    expect(await signIn(address, 'tide-and-lantern-7')).toBe('INVALID_CREDENTIALS');
    const again = await set(id, {}, 'made');
    expect([again.status, again.body['generatedPassword']]).toEqual([200, undefined]);
    expect(await signIn(address, secret)).toBe('signed_in');

    const given = await set(id, { password: 'lighthouse-on-the-mole' });
    expect(given.body).not.toHaveProperty('generatedPassword');
    expect(await signIn(address, 'lighthouse-on-the-mole')).toBe('signed_in');
    const stored = await Promise.all(
      ['idempotency', 'audit', 'people'].map((name) =>
        api.repositories.database.connection.collection(name).find({ orgId: api.orgId }).toArray(),
      ),
    );
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(JSON.stringify(stored)).not.toContain('lighthouse');
    await assertSettled(api, id);
  });

  test('voids the setup links that were open', async () => {
    const id = await createTestPerson(api);
    const link = await api.request('POST', `/v1/people/${id}/setup-link`, {});
    const path = new URL(String(link.body['setupLink'])).pathname;
    expect((await api.page('GET', path)).status).toBe(200);
    await set(id, {});
    expect((await api.page('GET', path)).status).toBe(410);
  });

  test('also of an account that is disabled', async () => {
    const id = await createTestPerson(api, { address: 'asleep@harbour.example' });
    const call = { effectKey: 't', asOfMs: NOW_MS };
    await api.directory.disable(api.orgId, id.replace('per_', 'acc_'), 'leave', call);
    expect((await set(id, { password: 'lighthouse-on-the-mole' })).status).toBe(200);
    expect(await signIn('asleep@harbour.example', 'lighthouse-on-the-mole')).toBe('ACCOUNT_DISABLED');
  });

  test('is refused where it is weak, and for somebody who is leaving', async () => {
    const id = await onTwoTargets(api, { lastName: 'Weak' });
    expect(outcome(await set(id, { password: 'short' }))).toEqual([422, 'PASSWORD_TOO_SHORT', '/password']);
    const leaver = await createTestPerson(api);
    await api.repositories.people.update(api.orgId, leaver, 0, { status: 'leaving' });
    expect(outcome(await set(leaver, {}))).toEqual([409, 'PERSON_NOT_ACTIVE']);
    expect(await signIn('ada.weak@harbour.example', 'tide-and-lantern-7')).toBe('signed_in');
  });

  test('that a target only says it has set is not answered as set', async () => {
    const id = await onTwoTargets(api, { lastName: 'Lied' });
    const branch = api.directories['branch']!;
    const real = branch.setPassword.bind(branch);
    branch.setPassword = () => Promise.resolve({ kind: 'changed' });
    const refused = await set(id, {}, 'lied');
    branch.setPassword = real;
    expect([...outcome(refused), refused.body['target']]).toEqual([502, 'PASSWORD_NOT_PROVEN', 'branch']);
    expect((await api.request('GET', `/v1/people/${id}/changes`)).body['items']).toEqual([]);
    await assertSettled(api, id);
    const again = await set(id, {}, 'lied');
    expect(await signIn('ada.lied@harbour.example', again.body['generatedPassword'], 'branch')).toBe(
      'signed_in',
    );
  });
});
