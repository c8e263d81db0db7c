import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aDeletion } from '../../support/deletion-requests.ts';
import { createTestPerson, NOW_MS, startTestApi, type Reply, type TestApi } from '../../support/test-api.ts';

const LIMITS = { floor: 2, sharePercent: 20, ceiling: 10 };
const HOUR = 3_600_000;
const apis: TestApi[] = [];

async function anApi(): Promise<TestApi> {
  const api = await startTestApi({ organisation: { guardLimits: LIMITS } });
  apis.push(api);
  return api;
}

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
});
afterAll(() => Promise.all(apis.map((one) => one.close())));

const codeOf = ({ status, body }: Reply): readonly unknown[] => [status, body['code'] ?? body['state']];

async function people(of: TestApi, count: number, fields = {}): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await createTestPerson(of, fields));
  return ids;
}

function depart(of: TestApi, personId: string, more = {}, key?: string): Promise<Reply> {
  const body = {
    personId,
    lastDay: '2027-03-31',
    reason: 'moves on',
    autoReply: { enabled: false },
    ...more,
  };
  return of.request('POST', '/v1/departures', body, key === undefined ? {} : { key });
}

test('lets as many through as the limit says, also when all are asked for at once, and holds the rest', async () => {
  const crowd = await anApi();
  const ids = await people(crowd, 30);
  const replies = await Promise.all(ids.map((id) => depart(crowd, id)));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
  const states = replies.map(({ body }) => body['state']);
  expect(states.filter((state) => state === 'scheduled')).toHaveLength(6);
  expect(states.filter((state) => state === 'guard_held')).toHaveLength(24);
  const guard = await crowd.request('GET', '/v1/organisation/guard');
  expect(guard.body).toMatchObject({
    limit: 6,
    used: 6,
    nextPlaceAt: new Date(NOW_MS + 24 * HOUR).toISOString(),
  });

  crowd.clock.nowMs += 25 * HOUR;
  const [late] = await people(crowd, 1);
  expect(codeOf(await depart(crowd, late!))).toEqual([202, 'scheduled']);
});

test('goes on when somebody other than the requester releases it, with a reason', async () => {
  const [, , third] = await people(api, 3);
  for (const id of await people(api, 2)) await depart(api, id);
  const { body } = await depart(api, third!);
  const caseId = String(body['id']);
  expect(body['state']).toBe('guard_held');
  const release = (key: string | undefined, idempotencyKey: string) =>
    api.request(
      'POST',
      `/v1/departures/${caseId}/release`,
      { reason: 'the branch closes' },
      {
        idempotencyKey,
        ...(key === undefined ? {} : { key }),
      },
    );
  expect(codeOf(await release(undefined, 'a'))).toEqual([403, 'RELEASER_IS_REQUESTER']);
  const second = await api.keyWith(['approvals:write', 'departures:read']);
  expect(codeOf(await release(second, 'b'))).toEqual([200, 'scheduled']);
  expect(codeOf(await release(second, 'c'))).toEqual([409, 'NOT_GUARD_HELD']);
});

test('a deletion takes a place beside the departures, and is held where there is none', async () => {
  const own = await anApi();
  const [gone, leaver, deleted, late] = await people(own, 4);
  const remove = (personId: string | undefined) => own.request('POST', '/v1/deletions', aDeletion(personId!));
  expect(codeOf(await remove(gone))).toEqual([202, 'scheduled']);
  expect(codeOf(await depart(own, leaver!))).toEqual([202, 'scheduled']);
  const held = await remove(deleted);
  expect(codeOf(held)).toEqual([202, 'guard_held']);
  expect(codeOf(await depart(own, late!))).toEqual([202, 'guard_held']);
  const path = `/v1/cases/${String(held.body['id'])}/release`;
  const key = await own.keyWith(['approvals:write']);
  const released = await own.request('POST', path, { reason: 'checked' }, { key, idempotencyKey: 'r' });
  expect(codeOf(released)).toEqual([200, 'scheduled']);
});

test('a repeated request takes no second place', async () => {
  const own = await anApi();
  const [one] = await people(own, 1);
  const body = { personId: one, lastDay: '2027-03-31', reason: 'moves on' };
  const again = () => own.request('POST', '/v1/departures', body, { idempotencyKey: 'same' });
  await again();
  await again();
  expect((await own.request('GET', '/v1/organisation/guard')).body['used']).toBe(1);
});

test('the limits are lowered by one person and raised by two', async () => {
  const own = await anApi();
  const patch = (guardLimits: object, key?: string) =>
    own.request('PATCH', '/v1/organisation', { guardLimits }, key === undefined ? {} : { key });
  const limits = async () => (await own.request('GET', '/v1/organisation')).body['guardLimits'];
  const lower = { floor: 1, sharePercent: 10, ceiling: 5 };
  expect((await patch(lower)).status).toBe(200);
  expect(await limits()).toEqual(lower);

  const higher = { floor: 300, sharePercent: 10, ceiling: 300 };
  const asked = await patch(higher);
  expect([asked.status, asked.body['awaitingSecond']]).toEqual([
    202,
    { limits: higher, proposedBy: own.ownerId, proposedAt: new Date(NOW_MS).toISOString() },
  ]);
  expect(await limits()).toEqual(lower);
  expect(codeOf(await patch(higher))).toEqual([409, 'GUARD_SECOND_PERSON_NEEDED']);
  const second = await own.keyWith(['organisation:*']);
  expect((await patch({ ...higher, floor: 299 }, second)).status).toBe(202);
  expect((await patch(higher)).status).toBe(202);
  expect((await patch(higher, second)).status).toBe(200);
  expect(await limits()).toEqual(higher);
  expect((await own.request('GET', '/v1/organisation/guard')).body).not.toHaveProperty('proposal');

  await patch({ ...higher, ceiling: 400 });
  own.clock.nowMs += 25 * HOUR;
  expect((await patch({ ...higher, ceiling: 400 }, second)).status).toBe(202);
});

test('somebody must stay who is an administrator', async () => {
  const own = await anApi();
  const [first, second] = await people(own, 2, { accountRole: 'administrator' });
  expect(codeOf(await depart(own, first!))).toEqual([202, 'scheduled']);
  const refused = await depart(own, second!);
  expect([...codeOf(refused), refused.body['field']]).toEqual([409, 'LAST_ADMINISTRATOR', '/personId']);
  await people(own, 1, { accountRole: 'administrator' });
  expect(codeOf(await depart(own, second!))).toEqual([202, 'scheduled']);
});

test('the token of a simulation stands for its plan, and for no other', async () => {
  const own = await anApi();
  const [person, urgent] = await people(own, 2);
  const wanted = {
    personId: person,
    lastDay: '2027-03-31',
    reason: 'moves on',
    autoReply: { enabled: false },
  };
  const simulate = async (body: object) =>
    (await own.request('POST', '/v1/departures/simulation', body)).body['planToken'];
  const planToken = await simulate(wanted);
  own.clock.nowMs += 10 * 60_000;
  expect(await simulate(wanted)).toBe(planToken);

  expect(codeOf(await depart(own, person!, { planToken, lastDay: '2027-04-01' }))).toEqual([
    409,
    'PLAN_CHANGED',
  ]);
  await own.request('PATCH', `/v1/people/${person}`, { department: 'Sales' });
  expect(codeOf(await depart(own, person!, { planToken }))).toEqual([409, 'PLAN_CHANGED']);
  const now = await simulate(wanted);
  await own.directory.addAppPassword(own.orgId, person!.replace('per_', 'acc_'), 'phone');
  expect(codeOf(await depart(own, person!, { planToken: now }))).toEqual([409, 'PLAN_CHANGED']);
  expect(codeOf(await depart(own, person!, { planToken: await simulate(wanted) }))).toEqual([
    202,
    'scheduled',
  ]);

  const { lastDay: _none, ...atOnce } = { ...wanted, personId: urgent, urgent: true };
  const token = await simulate(atOnce);
  own.clock.nowMs += 5 * 60_000;
  const reply = await own.request('POST', '/v1/departures', { ...atOnce, planToken: token });
  expect(codeOf(reply)).toEqual([202, 'scheduled']);
});

test.each<[string, (own: TestApi, personId: string) => Promise<Reply>]>([
  ['departure', depart],
  ['deletion', (own, personId) => own.request('POST', '/v1/deletions', aDeletion(personId))],
])('a freeze is written, told to every open case, and released: a %s', async (_kind, ask) => {
  const own = await anApi();
  const [person] = await people(own, 1);
  const { body } = await ask(own, person!);
  const caseId = String(body['id']);
  const view = async () => (await own.request('GET', `/v1/cases/${caseId}`)).body['frozen'];
  const told = async (wanted: unknown) => {
    for (let tries = 0; tries < 100 && (await view()) !== wanted; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await view()).toBe(wanted);
  };
  const frozen = await own.request('POST', '/v1/organisation/freeze', { reason: 'a stolen key' });
  expect([frozen.status, frozen.body]).toEqual([
    202,
    { frozen: true, by: own.ownerId, at: new Date(NOW_MS).toISOString(), reason: 'a stolen key' },
  ]);
  await told(true);
  expect((await own.request('POST', '/v1/organisation/freeze', { reason: 'again' })).body['reason']).toBe(
    'a stolen key',
  );
  expect(codeOf(await own.request('POST', '/v1/organisation/unfreeze', {}))).toEqual([
    400,
    'INVALID_REQUEST',
  ]);
  expect((await own.request('POST', '/v1/organisation/unfreeze', { reason: 'over' })).body).toEqual({
    frozen: false,
  });
  await told(undefined);
  const reader = await own.keyWith(['organisation:read']);
  const refused = await own.request('POST', '/v1/organisation/freeze', { reason: 'x' }, { key: reader });
  expect(codeOf(refused)).toEqual([403, 'SCOPE_MISSING']);
});
