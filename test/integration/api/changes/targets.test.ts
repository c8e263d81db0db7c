import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { OpenChange } from '../../../../shared/domain/people/open-change.ts';
import { DirectoryUnavailable } from '../../../../directory/directory-errors.ts';
import type { Directory } from '../../../../directory/directory.ts';
import { keepSettlingChanges, settleLeftOf } from '../../../../api/people/changes/keep-settling-changes.ts';
import {
  accountsOf,
  assertSettled,
  claimOn,
  mailTo,
  onTwoTargets,
  outcome,
  startChangesApi,
} from '../../../support/changes.ts';
import { NOW_MS, type Json, type TestApi } from '../../../support/test-api.ts';

let api: TestApi;
let setProfile: Directory['setProfile'];
const branch = () => api.directories['branch']!;

beforeAll(async () => {
  api = await startChangesApi();
  setProfile = branch().setProfile.bind(branch());
});
afterEach(() => {
  branch().setProfile = setProfile;
  api.clock.nowMs = NOW_MS;
});
afterAll(() => api.close());

const lie: Directory['setProfile'] = () => Promise.resolve({ kind: 'changed' });
const isDown: Directory['setProfile'] = () => Promise.reject(new DirectoryUnavailable('down'));

const CHANGES: readonly (readonly [string, string, string, Json | undefined])[] = [
  ['a name', 'PATCH', '', { lastName: 'Else' }],
  ['an address', 'PATCH', '', { address: 'wanted-NAME@harbour.example', externalId: 'wanted-NAME' }],
  ['a role', 'PUT', '/role', { role: 'administrator', confirm: true }],
  ['a new alias', 'POST', '/aliases', { alias: 'wanted-NAME@harbour.example' }],
  ['an alias that goes', 'DELETE', '/aliases/has-NAME@harbour.example', undefined],
  ['a quota', 'PUT', '/quota', { quotaBytes: 7_000 }],
];

let count = 0;
async function somebody() {
  count += 1;
  const name = `n${count}`;
  const id = await onTwoTargets(api, { aliases: [`has-${name}@harbour.example`] });
  const named = (text: string) => text.replaceAll('NAME', name);
  const change = (method: string, path: string, body: Json | undefined) => {
    const sent = body === undefined ? undefined : (JSON.parse(named(JSON.stringify(body))) as Json);
    return api.request(method, named(`/v1/people/${id}${path}`), sent);
  };
  return { id, change, wanted: `wanted-${name}@harbour.example` };
}

test.each(CHANGES)(
  '%s that a target only says it has changed is put back everywhere',
  async (_what, method, path, body) => {
    const { id, change, wanted } = await somebody();
    const before = await assertSettled(api, id);
    branch().setProfile = lie;
    const refused = await change(method, path, body);
    expect([...outcome(refused), refused.body['target']]).toEqual([502, 'CHANGE_NOT_PROVEN', 'branch']);
    expect({ ...(await assertSettled(api, id)), rev: 0 }).toEqual({ ...before, rev: 0 });
    expect(await claimOn(api, wanted)).toEqual([]);
    expect((await change('GET', '/changes', undefined)).body['items']).toEqual([]);
  },
);

test.each(CHANGES)(
  '%s that a target could not be told goes on when it answers again, and nobody asks',
  async (_what, method, path, body) => {
    const { id, change } = await somebody();
    branch().setProfile = isDown;
    expect(outcome(await change(method, path, body))).toEqual([503, 'STORE_UNAVAILABLE']);
    // It may still be under way in another process.
    const other = await change('PUT', '/quota', { quotaBytes: 9_000 });
    expect([...outcome(other), other.headers.get('retry-after')]).toEqual([409, 'CONCURRENT_CHANGE', '10']);
    api.clock.nowMs = NOW_MS + 10_000;
    expect(await settleLeftOf(api.context, api.orgId)).toBe(0);
    branch().setProfile = setProfile;
    expect(await settleLeftOf(api.context, api.orgId)).toBe(1);
    await assertSettled(api, id);
    expect((await change('GET', '/changes', undefined)).body['items']).toHaveLength(1);
    expect(await settleLeftOf(api.context, api.orgId)).toBe(0);
  },
);

const onlyOwn = async () => [(await api.repositories.organisations.get(api.orgId))!];

const aChangeOf = (actorId: string): OpenChange => ({
  ...{ id: `other ${actorId}`, actorId, atMs: NOW_MS, direction: 'forward' },
  ...{ before: { quotaBytes: 5 * 1024 ** 3 }, after: { quotaBytes: 8_000 } },
});

test('a process looks by itself for what was left', async () => {
  const { id, change } = await somebody();
  branch().setProfile = isDown;
  await change('PUT', '/quota', { quotaBytes: 7_000 });
  branch().setProfile = setProfile;
  api.clock.nowMs = NOW_MS + 10_000;
  // Tests beside this one leave changes as well, on purpose.
  const organisations = { ...api.repositories.organisations, list: onlyOwn };
  const stop = keepSettlingChanges({ ...api.context, repositories: { ...api.repositories, organisations } });
  const settled = async () => (await api.repositories.people.get(api.orgId, id))?.openChange === undefined;
  for (const giveUpAt = performance.now() + 30_000; !(await settled()) && performance.now() < giveUpAt;)
    await sleep(20);
  await stop();
  expect(await assertSettled(api, id)).toMatchObject({ quotaBytes: 7_000 });
});

test('a change that another process began at the same moment is not written over', async () => {
  const { id, change } = await somebody();
  const { people } = api.repositories;
  const [get, openChange] = [people.get.bind(people), aChangeOf('own_other')];
  let reads = 0;
  people.get = async (...given) => {
    reads += 1;
    // Looked at once for what was left, and now to decide.
    if (reads === 2) await people.update(api.orgId, id, 0, { openChange });
    return get(...given);
  };
  const refused = await change('PUT', '/quota', { quotaBytes: 7_000 });
  people.get = get;
  expect(outcome(refused)).toEqual([409, 'CONCURRENT_CHANGE']);
  expect((await people.get(api.orgId, id))?.openChange).toEqual(openChange);
  api.clock.nowMs = NOW_MS + 10_000;
  expect(await settleLeftOf(api.context, api.orgId)).toBe(1);
  expect(await assertSettled(api, id)).toMatchObject({ quotaBytes: 8_000 });
});

test('what cannot be put back yet is said to be open, and put back later; nothing else begins meanwhile', async () => {
  const { id } = await somebody();
  const before = await assertSettled(api, id);
  // It takes the new quota for another one, and does not let go of it.
  branch().setProfile = (orgId, accountId, change, call) =>
    setProfile(orgId, accountId, { ...change, quotaBytes: 123 }, call);
  const asked = await api.request('PUT', `/v1/people/${id}/quota`, { quotaBytes: 7_000 });
  expect([...outcome(asked), asked.headers.get('retry-after')]).toEqual([503, 'CHANGE_UNSETTLED', '30']);
  expect((await api.request('GET', `/v1/people/${id}`)).body['quotaBytes']).toBe(before['quotaBytes']);
  api.clock.nowMs = NOW_MS + 10_000;
  const next = await api.request('PATCH', `/v1/people/${id}`, { lastName: 'Next' });
  expect(outcome(next)).toEqual([503, 'CHANGE_UNSETTLED']);
  branch().setProfile = setProfile;
  expect((await api.request('PATCH', `/v1/people/${id}`, { lastName: 'Next' })).status).toBe(200);
  expect(await assertSettled(api, id)).toMatchObject({ lastName: 'Next', quotaBytes: before['quotaBytes'] });
});

test('what was refused is not done later, also where the target went away while it was being put back', async () => {
  const { id, change, wanted } = await somebody();
  const before = await assertSettled(api, id);
  branch().setProfile = (...given) => {
    branch().setProfile = isDown;
    return lie(...given);
  };
  const asked = await change('POST', '/aliases', { alias: wanted });
  expect(outcome(asked)).toEqual([503, 'STORE_UNAVAILABLE']);
  branch().setProfile = setProfile;
  api.clock.nowMs = NOW_MS + 10_000;
  expect(await settleLeftOf(api.context, api.orgId)).toBe(1);
  expect((await assertSettled(api, id))['aliases']).toEqual(before['aliases']);
  expect((await change('GET', '/changes', undefined)).body['items']).toEqual([]);
});

test('an alias of one’s own that rests, rests on where it could not be had back', async () => {
  const { id, change } = await somebody();
  await change('DELETE', '/aliases/has-NAME@harbour.example', undefined);
  branch().setProfile = lie;
  const refused = await change('POST', '/aliases', { alias: 'has-NAME@harbour.example' });
  expect(outcome(refused)).toEqual([502, 'CHANGE_NOT_PROVEN']);
  expect(await claimOn(api, `has-n${count}@harbour.example`)).toEqual([id, 'quarantined']);
});

test('a promotion that somebody left half done ends as none when the person began to leave meanwhile', async () => {
  const { id } = await somebody();
  branch().setProfile = isDown;
  await api.request('PUT', `/v1/people/${id}/role`, { role: 'administrator', confirm: true });
  branch().setProfile = setProfile;
  const { rev } = (await api.repositories.people.get(api.orgId, id))!;
  await api.repositories.people.update(api.orgId, id, rev, { status: 'leaving' });
  api.clock.nowMs = NOW_MS + 10_000;
  expect(await settleLeftOf(api.context, api.orgId)).toBe(1);
  expect(await accountsOf(api, id)).toMatchObject([{ role: 'user' }, { role: 'user' }]);
  await assertSettled(api, id);
});

test('an account that is gone on one target is told, and the others stay as they were', async () => {
  const { id } = await somebody();
  const call = { effectKey: 't', asOfMs: NOW_MS };
  await branch().deleteAccount(api.orgId, id.replace('per_', 'acc_'), 0, call);
  const refused = await api.request('PATCH', `/v1/people/${id}`, { address: 'gone@harbour.example' });
  expect([...outcome(refused), refused.body['target']]).toEqual([404, 'ACCOUNT_NOT_FOUND', 'branch']);
  expect(await mailTo(api, 'gone@harbour.example')).toEqual(['NO_SUCH_ADDRESS', 'NO_SUCH_ADDRESS']);
  expect(await claimOn(api, 'gone@harbour.example')).toEqual([]);
  expect((await api.repositories.people.get(api.orgId, id))?.openChange).toBeUndefined();
});
