import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let manager: string;

beforeAll(async () => {
  api = await startTestApi({ organisation: { country: 'FR' } });
  manager = await createTestPerson(api, { firstName: 'Grace', address: 'grace@harbour.example' });
});
afterAll(() => api.close());

const aLeaver = (fields: Json = {}) => createTestPerson(api, { managerId: manager, ...fields });
const ask = (personId: string, redirect: Json): Json => ({
  personId,
  lastDay: '2027-03-31',
  reason: 'moves on',
  redirect: { reason: 'Orders still come in', ...redirect },
});
const simulate = async (redirect: Json, fields: Json = {}) =>
  api.request('POST', '/v1/departures/simulation', ask(await aLeaver(fields), redirect));

const keysOf = (body: Json) => (body['steps'] as readonly Json[]).map((step) => step['key']);

test('redirects to a colleague for 30 days with a copy, and needs no approval for it', async () => {
  const reply = await api.request('POST', '/v1/departures', ask(await aLeaver(), { toPersonId: manager }));
  expect(reply.status).toBe(202);
  expect(reply.body['request']).toMatchObject({
    redirect: {
      ...{ to: 'grace@harbour.example', toPersonId: manager, outside: false },
      ...{ keepCopy: true, days: 30, outliveAccount: false, reason: 'Orders still come in' },
    },
  });
  expect(keysOf(reply.body)).toEqual(expect.arrayContaining(['start-redirect', 'end-redirect']));
  expect(keysOf(reply.body)).not.toContain('redirect-gate');
});

test('knows the person behind an address, and asks for an approval when it is outside', async () => {
  const inside = await simulate({ toAddress: 'Grace@Harbour.example' });
  expect(inside.body['request']).toMatchObject({ redirect: { toPersonId: manager, outside: false } });
  const outside = await simulate({ toAddress: 'sales@partner.example' });
  const steps = outside.body['steps'] as readonly Json[];
  expect(steps.find((step) => step['key'] === 'redirect-gate')).toMatchObject({ needsApproval: true });
  expect(steps.find((step) => step['key'] === 'start-redirect')).toMatchObject({
    calls: [{ target: 'directory', operation: 'setRedirect' }],
  });
});

test('approves the gate for another owner who types the name, and keeps addresses out of the plan', async () => {
  const personId = await aLeaver();
  const redirect = { toAddress: 'sales@partner.example' };
  const created = await api.request('POST', '/v1/departures', ask(personId, redirect));
  const path = `/v1/departures/${String(created.body['id'])}/steps/redirect-gate/approve`;
  const mine = await api.request('POST', path, { typedName: 'Ada Lovelace' }, { idempotencyKey: 'g1' });
  expect([mine.status, mine.body['code']]).toEqual([403, 'SELF_APPROVAL']);
  const key = await api.keyWith(['approvals:write']);
  const wrong = await api.request('POST', path, { typedName: 'Ada' }, { key, idempotencyKey: 'g2' });
  expect(wrong.body['code']).toBe('NAME_MISMATCH');
  const good = await api.request('POST', path, { typedName: 'Ada Lovelace' }, { key, idempotencyKey: 'g3' });
  expect(good.status).toBe(200);
  const record = (await api.repositories.cases.get(api.orgId, String(created.body['id'])))!;
  expect(JSON.stringify(record.plan)).not.toContain('partner.example');
});

test.each<{ what: string; redirect: Json; code: string; field?: string; fields?: Json }>([
  { what: 'no reason', redirect: { toPersonId: 'per_1', reason: '' }, code: 'INVALID_REQUEST' },
  { what: 'nowhere to go', redirect: {}, code: 'REDIRECT_TO_ONE' },
  {
    what: 'two places',
    redirect: { toPersonId: 'per_1', toAddress: 'a@b.example' },
    code: 'REDIRECT_TO_ONE',
  },
  { what: 'an unknown person', redirect: { toPersonId: 'per_none' }, code: 'REDIRECT_NOWHERE' },
  { what: 'an address of nobody', redirect: { toAddress: 'none@harbour.example' }, code: 'REDIRECT_NOWHERE' },
  {
    what: 'an end before the account is gone',
    redirect: { toAddress: 'a@b.example', outliveAccount: true, days: 120 },
    code: 'REDIRECT_ENDS_EARLY',
  },
  {
    what: 'an end beyond the quarantine',
    redirect: { toAddress: 'a@b.example', outliveAccount: true, days: 460 },
    code: 'REDIRECT_BEYOND_QUARANTINE',
  },
  {
    what: 'a country without redirects',
    redirect: { toAddress: 'a@b.example' },
    code: 'PRESET_EXCEEDED',
    fields: { country: 'MT' },
  },
  {
    what: 'a country where the mailbox is closed and deleted',
    redirect: { toAddress: 'a@b.example' },
    code: 'PRESET_EXCEEDED',
    fields: { country: 'CH' },
  },
  {
    what: 'more days than Belgium allows',
    redirect: { toAddress: 'a@b.example', days: 91 },
    code: 'PRESET_EXCEEDED',
    fields: { country: 'BE' },
  },
])('refuses $what: $code', async ({ redirect, code, fields }) => {
  const reply = await simulate(redirect, fields);
  expect(reply.body['code']).toBe(code);
  expect(reply.status).toBe(code === 'INVALID_REQUEST' ? 400 : 422);
  expect(String(reply.body['field'])).toMatch(/^\/redirect/u);
});

test('refuses the leaver, and whoever leaves or was disabled, also by their address', async () => {
  const leaving = await aLeaver({ address: 'leaving@harbour.example' });
  await api.request('POST', '/v1/departures', { personId: leaving, lastDay: '2027-05-31', reason: 'too' });
  const leaver = await aLeaver({ address: 'self@harbour.example' });
  const codeFor = async (redirect: Json) =>
    (await api.request('POST', '/v1/departures/simulation', ask(leaver, redirect))).body['code'];
  expect(await codeFor({ toPersonId: leaver })).toBe('REDIRECT_TO_LEAVER');
  expect(await codeFor({ toAddress: 'self@harbour.example' })).toBe('REDIRECT_TO_LEAVER');
  expect(await codeFor({ toPersonId: leaving })).toBe('REDIRECT_INACTIVE');
  expect(await codeFor({ toAddress: 'leaving@harbour.example' })).toBe('REDIRECT_INACTIVE');
  const disabled = await aLeaver({ address: 'off@harbour.example' });
  const account = await api.directory.findByAddress(api.orgId, 'off@harbour.example');
  await api.directory.disable(api.orgId, account!.id, 'leave', { effectKey: 'hand', asOfMs: 0 });
  expect(await codeFor({ toPersonId: disabled })).toBe('REDIRECT_INACTIVE');
});

test('says which country sets which limit, and who says so; and lists all presets', async () => {
  const refused = await simulate({ toAddress: 'a@b.example', days: 91 }, { country: 'BE' });
  expect(refused.body).toMatchObject({
    code: 'PRESET_EXCEEDED',
    field: '/redirect/days',
    country: 'BE',
    limit: { maxDays: 90 },
    source: expect.stringContaining('Belgian Data Protection Authority'),
  });
  const list = await api.request('GET', '/v1/presets');
  expect(list.status).toBe(200);
  const items = list.body['items'] as readonly Json[];
  expect(items.map((preset) => preset['country'])).toEqual(['BE', 'CH', 'MT', 'default']);
  for (const preset of items) expect(String(preset['source']).length).toBeGreaterThan(20);
  const reader = await api.keyWith(['people:read']);
  expect((await api.request('GET', '/v1/presets', undefined, { key: reader })).status).toBe(403);
});
