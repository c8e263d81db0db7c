import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clearGivenUp } from '../../../api/onboardings/clear-given-up.ts';
import { addressClaimId, openCaseClaimId } from '../../../shared/domain/ids.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let manager: string;

beforeAll(async () => {
  api = await startTestApi();
  manager = await createTestPerson(api);
});
afterAll(() => api.close());

const FIRST_DAY = '2027-03-01';
/** Somebody whom nobody else is called. */
const unique = () => newId('per').slice(-8).toLowerCase();
const somebody = (more: Json = {}): Json => ({
  ...{ firstName: 'Nina', lastName: `New${unique()}`, managerId: manager, firstDay: FIRST_DAY, ...more },
});
const ask = (body: Json, options = {}) => api.request('POST', '/v1/onboardings', body, options);
const holderOf = async (address: string) =>
  (await api.repositories.claims.get(addressClaimId(api.orgId, address), api.orgId))?.holderId;
const personIn = (body: Json) => body['person'] as Json & { id: string; address: string; aliases: string[] };

test('takes an onboarding: the person is there at once with the names, and no account yet', async () => {
  const { status, headers, body } = await ask(somebody({ lastName: 'Newton', groups: ['sales'] }));
  expect([status, body['warnings']]).toEqual([202, []]);
  expect(body).toMatchObject({
    ...{ kind: 'onboarding', state: 'scheduled', engine: 'started' },
    request: { firstDay: FIRST_DAY, startTime: '08:00', createDaysBefore: 7, groups: ['sales'], lists: [] },
    person: { status: 'joining', address: 'nina.newton@harbour.example', groups: ['sales'] },
    naming: { address: 'nina.newton@harbour.example', by: 'convention' },
    effectiveAt: { local: '2027-03-01T08:00+01:00' },
  });
  const { id, address } = personIn(body);
  expect(headers.get('location')).toBe(`/v1/cases/${String(body['id'])}`);
  expect(await holderOf(address)).toBe(id);
  expect(await api.directory.findByAddress(api.orgId, address)).toBeUndefined();
  const shown = await api.request('GET', `/v1/cases/${String(body['id'])}`);
  expect(shown.body).toMatchObject({ id: body['id'], personId: id });
  const listed = await api.request('GET', '/v1/cases?kind=onboarding&limit=1');
  expect(listed.body['items']).toMatchObject([{ id: body['id'] }]);
});

test('the same key twice is one onboarding and one person', async () => {
  const body = somebody();
  const first = await ask(body, { idempotencyKey: 'once' });
  const second = await ask(body, { idempotencyKey: 'once' });
  expect(second.body).toEqual(first.body);
  const found = await api.request('GET', `/v1/people?search=${String(body['lastName'])}`);
  expect(found.body['items']).toHaveLength(1);
});

test('fills in what the template says, and what is given counts more', async () => {
  const template = {
    ...{ groups: ['sales', 'crm'], lists: ['news'], aliasConventions: ['f.last', 'first.last'] },
    ...{ quotaBytes: 10_000_000_000, department: 'Sales' },
  };
  await api.request('PUT', '/v1/templates/sales', template);
  const lastName = `Tem${unique()}`;
  const taken = await ask(somebody({ lastName, template: 'sales', groups: ['only-this'] }));
  expect(taken.body).toMatchObject({
    request: { template: 'sales', groups: ['only-this'], lists: ['news'] },
    person: { quotaBytes: 10_000_000_000, department: 'Sales', groups: ['only-this'] },
    aliasesLeftOut: [],
  });
  const { aliases, id } = personIn(taken.body);
  expect(aliases).toEqual([`n.${lastName.toLowerCase()}@harbour.example`]);
  expect(await holderOf(aliases[0]!)).toBe(id);

  const twin = await ask(somebody({ lastName, template: 'sales' }));
  expect(twin.body['aliasesLeftOut']).toContain(aliases[0]);
  expect(personIn(twin.body).aliases).not.toContain(aliases[0]);
});

test('a simulation says the same, and writes and claims nothing', async () => {
  const body = somebody({ lists: ['all'], endsOn: '2027-03-03' });
  const simulated = await api.request('POST', '/v1/onboardings/simulation', body);
  expect(simulated.status).toBe(200);
  const address = String(simulated.body['address']);
  expect(await holderOf(address)).toBeUndefined();
  const found = await api.request('GET', `/v1/people?search=${String(body['lastName'])}`);
  expect(found.body['items']).toEqual([]);
  const steps = simulated.body['steps'] as readonly { key: string; at: Json; calls?: unknown }[];
  expect(steps.find(({ key }) => key === 'create-account')).toMatchObject({
    at: { local: '2027-02-22T08:00+01:00' },
    calls: [{ target: 'directory', operation: 'createAccount' }],
  });
  expect(steps.find(({ key }) => key === 'follow-up')?.at).toMatchObject({ local: '2027-03-03T08:00+01:00' });
  const taken = await ask(body);
  expect(personIn(taken.body).address).toBe(address);
  const planned = (taken.body['steps'] as readonly { key: string; dueAt: Json }[]).map((step) => step.key);
  expect(planned.toSorted()).toEqual(steps.map(({ key }) => key).toSorted());
});

const today = '2027-01-11';
describe.each(['/v1/onboardings', '/v1/onboardings/simulation'])('POST %s refuses', (path) => {
  test.each<[string, Json, number, string, string]>([
    ['an empty name', { firstName: ' ' }, 400, 'INVALID_REQUEST', '/firstName'],
    ['a name of 300 characters', { lastName: 'x'.repeat(300) }, 400, 'INVALID_REQUEST', '/lastName'],
    ['control characters', { lastName: 'New\u0007' }, 400, 'INVALID_REQUEST', '/lastName'],
    ['a right-to-left override', { lastName: '\u202eweN' }, 400, 'INVALID_REQUEST', '/lastName'],
    ['an unknown template', { template: 'nothing' }, 422, 'TEMPLATE_UNKNOWN', '/template'],
    ['a foreign domain', { address: 'nina@elsewhere.example' }, 422, 'DOMAIN_UNKNOWN', '/address'],
    ['a reserved address', { address: 'postmaster@harbour.example' }, 422, 'ADDRESS_RESERVED', '/address'],
    [
      'the own address as an alias',
      { address: 'nina.own@harbour.example', aliases: ['nina.own@harbour.example'] },
      ...([422, 'ALIAS_IS_ADDRESS', '/aliases/0'] as const),
    ],
    ['an unknown manager', { managerId: 'per_nobody' }, 422, 'MANAGER_UNKNOWN', '/managerId'],
    ['an unknown target', { targets: ['moon'] }, 422, 'TARGET_UNKNOWN', '/targets/0'],
    ['a day in the far past', { firstDay: '2026-12-11' }, 422, 'DATE_OUT_OF_RANGE', '/firstDay'],
    ['a day in the far future', { firstDay: '2029-02-01' }, 422, 'DATE_OUT_OF_RANGE', '/firstDay'],
    ['a day that does not exist', { firstDay: '2027-02-30' }, 422, 'DATE_INVALID', '/firstDay'],
    ['a time that does not exist', { startTime: '25:00' }, 422, 'TIME_INVALID', '/startTime'],
    ['a zone that does not exist', { timeZone: 'Moon/Base' }, 422, 'ZONE_UNKNOWN', '/timeZone'],
    ['an end before the beginning', { endsOn: '2027-02-28' }, 422, 'DATE_OUT_OF_RANGE', '/endsOn'],
    ['no quota', { quotaBytes: 0 }, 400, 'INVALID_REQUEST', '/quotaBytes'],
    ['a password', { password: 'secret secret secret' }, 400, 'UNKNOWN_FIELD', '/password'],
    [
      'a welcome into the new mailbox',
      {
        address: 'nina.self@harbour.example',
        credentials: { kind: 'setup_link', to: 'nina.self@harbour.example' },
      },
      ...([422, 'WELCOME_UNREADABLE', '/credentials/to'] as const),
    ],
  ])('%s', async (_what, more, status, code, field) => {
    const before = await api.request('GET', '/v1/people?status=joining&limit=200');
    const reply = await api.request('POST', path, somebody(more));
    expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([status, code, field]);
    const after = await api.request('GET', '/v1/people?status=joining&limit=200');
    expect(after.body['items']).toHaveLength((before.body['items'] as readonly unknown[]).length);
  });

  test('a manager who leaves, and one who left', async () => {
    for (const status of ['leaving', 'departed'] as const) {
      const gone = await createTestPerson(api);
      await api.repositories.people.update(api.orgId, gone, 0, { status });
      const reply = await api.request('POST', path, somebody({ managerId: gone }));
      expect([reply.status, reply.body['code']]).toEqual([422, 'MANAGER_INACTIVE']);
    }
  });

  test('an address that somebody has', async () => {
    const address = `taken.${unique()}@harbour.example`;
    await createTestPerson(api, { address });
    const reply = await api.request('POST', path, somebody({ address }));
    expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([
      409,
      'ADDRESS_TAKEN',
      '/address',
    ]);
  });

  test('a key that may not make people', async () => {
    const key = await api.keyWith(['cases:*']);
    const reply = await api.request('POST', path, somebody(), { key });
    expect(reply.status).toBe(path.endsWith('simulation') ? 200 : 403);
  });
});

test('refuses where nobody could be sent the way in', async () => {
  const lonely = await startTestApi({ organisation: { notificationAddresses: [] } });
  try {
    const body = { firstName: 'Nina', lastName: 'New', firstDay: FIRST_DAY };
    const reply = await lonely.request('POST', '/v1/onboardings', body);
    expect([reply.status, reply.body['code']]).toEqual([422, 'WELCOME_RECIPIENT_MISSING']);
    const reached = await lonely.request('POST', '/v1/onboardings', {
      ...body,
      privateContact: 'nina@home.example',
    });
    expect(reached.body['warnings']).toEqual(['NO_NOTIFICATION_ADDRESS', 'NO_MANAGER']);
  } finally {
    await lonely.close();
  }
});

test('of many who ask for one address at once one gets it', async () => {
  const address = `race.${unique()}@harbour.example`;
  const replies = await Promise.all(Array.from({ length: 40 }, () => ask(somebody({ address }))));
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202, 409]));
});

test('moves the first day, and leaves it where the account is open', async () => {
  const { body } = await ask(somebody({ endsOn: '2027-06-30' }));
  const id = String(body['id']);
  const move = (firstDay: string) =>
    api.request('POST', `/v1/onboardings/${id}/reschedule`, { firstDay }, { idempotencyKey: firstDay + id });
  expect((await move('2027-04-01')).status).toBe(200);
  const moved = await api.request('GET', `/v1/cases/${id}`);
  expect(moved.body).toMatchObject({
    request: { firstDay: '2027-04-01' },
    plan: { version: 2 },
    effectiveAt: { local: '2027-04-01T08:00+02:00' },
  });
  expect((await move('2027-07-01')).body).toMatchObject({ code: 'DATE_OUT_OF_RANGE', field: '/firstDay' });
  const record = (await api.repositories.cases.get(api.orgId, id))!;
  await api.engine.tell(record.workflowId, {
    ...{ kind: 'stepStarted', key: 'activate-account', round: 1, atMs: api.clock.nowMs },
  } as never);
  expect((await move('2027-05-01')).body).toMatchObject({ status: 409, code: 'ACCOUNT_OPENED' });
});

test('aborted it is undone: whoever does not come has nothing that could stay', async () => {
  const { body } = await ask(somebody());
  const record = (await api.repositories.cases.get(api.orgId, String(body['id'])))!;
  await api.engine.tell(record.workflowId, {
    ...{ kind: 'stepStarted', key: 'reserve-names', round: 1, atMs: api.clock.nowMs },
  } as never);
  const reply = await api.request(
    'POST',
    `/v1/cases/${record.id}/abort`,
    { reason: 'took another job' },
    { idempotencyKey: record.id },
  );
  expect(reply.body).toMatchObject({
    endsAs: 'undone',
    wayBack: [{ key: 'undo-reserve-names', kind: 'freeNames', undoes: 'reserve-names' }],
  });
});

test('is cleared away where it died before its case and nobody asks again: the names are free', async () => {
  const address = `given.up.${unique()}@harbour.example`;
  const body = somebody({ address });
  const entries = (written: readonly string[]) => written.filter((one) => one === 'audit.insertOne');
  const { connection } = api.repositories.database;
  const process = dyingProcess(connection, (written) => entries(written).length === 2);
  expect((await ask(body, { idempotencyKey: address })).status).toBe(500);
  process.restart();
  await clearGivenUp(api.context, () => false);
  const id = (await holderOf(address))!;
  expect(id).toBeDefined();
  api.clock.nowMs += 11 * 60_000;
  await clearGivenUp(api.context, () => false);
  expect(await holderOf(address)).toBeUndefined();
  expect((await api.repositories.people.get(api.orgId, id))?.status).toBe('departed');
  expect(await api.repositories.claims.get(openCaseClaimId(api.orgId, id), api.orgId)).toBeUndefined();
  expect((await ask(body, { idempotencyKey: address })).body['code']).toBe('ONBOARDING_GIVEN_UP');
  expect((await ask(body)).status).toBe(202);
});

test('nobody else is cleared away: a case that is open brings its person in', async () => {
  const { body } = await ask(somebody());
  api.clock.nowMs += 60 * 60_000;
  await clearGivenUp(api.context, () => false);
  expect((await api.repositories.people.get(api.orgId, personIn(body).id))?.status).toBe('joining');
});

test(`somebody who came on a day before ${today} is let in at once, with a warning`, async () => {
  const { body } = await ask(somebody({ firstDay: '2027-01-04' }));
  expect(body['warnings']).toEqual(['FIRST_DAY_PAST']);
});
