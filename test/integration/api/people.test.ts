import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addressClaimId } from '../../../shared/domain/ids.ts';
import { createTestPerson, NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

let count = 0;
const aBody = (fields: Json = {}): Json => ({
  firstName: 'Mary',
  lastName: 'Somerville',
  address: `mary${(count += 1)}@harbour.example`,
  ...fields,
});
const MANUAL = { credentials: { kind: 'manual' } };
const create = (fields: Json = {}, idempotencyKey?: string) =>
  api.request('POST', '/v1/people', aBody(fields), idempotencyKey === undefined ? {} : { idempotencyKey });
const signIn = async (address: unknown, secret: unknown) => {
  const reply = await api.request('POST', '/v1/directory/sign-in', { address, secret });
  return reply.body['result'] ?? reply.body['code'];
};

test('creates a person whose account can be signed in to at once with the password that is shown once', async () => {
  const made = await create({
    aliases: ['m.somerville@harbour.example'],
    ...{ externalId: 'E-1', ...MANUAL },
  });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`/v1/people/${String(made.body['id'])}`);
  expect(await signIn(made.body['address'], made.body['generatedPassword'])).toBe('signed_in');
  expect(await signIn('m.somerville@harbour.example', made.body['generatedPassword'])).toBe('signed_in');
  const shown = await api.request('GET', `/v1/people/${String(made.body['id'])}`);
  expect(shown.body).toMatchObject({ fullName: 'Mary Somerville', status: 'active', externalId: 'E-1' });
  expect(JSON.stringify(shown.body)).not.toContain(made.body['generatedPassword']);
});

test('takes a password that is given and does not repeat it', async () => {
  const made = await create({ password: 'tide-and-lantern-7' });
  expect(made.body).not.toHaveProperty('generatedPassword');
  expect(JSON.stringify(made.body)).not.toContain('lantern');
  expect(await signIn(made.body['address'], 'tide-and-lantern-7')).toBe('signed_in');
});

test('creates one person for one key; a repetition shows no secret', async () => {
  const body = aBody(MANUAL);
  const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: 'person-1' });
  const first = await send();
  const again = await send();
  expect([again.status, again.body['id']]).toEqual([201, first.body['id']]);
  expect(again.body).not.toHaveProperty('generatedPassword');
  const stored = await api.repositories.database.connection
    .collection('idempotency')
    .find({ orgId: api.orgId })
    .toArray();
  expect(JSON.stringify(stored)).not.toContain(first.body['generatedPassword']);
});

test('goes on under the same key after a crash, with a password that works', async () => {
  const { people } = api.repositories;
  Object.assign(api.repositories, { people: { ...people, insert: () => Promise.reject(new Error('died')) } });
  const body = aBody(MANUAL);
  const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: 'person-2' });
  expect((await send()).status).toBe(500);
  Object.assign(api.repositories, { people });
  const tooEarly = await send();
  expect([tooEarly.status, tooEarly.body['code']]).toEqual([409, 'CONCURRENT_CHANGE']);
  api.clock.nowMs = NOW_MS + 10_000;
  const again = await send();
  api.clock.nowMs = NOW_MS;
  expect(again.status).toBe(201);
  expect(await signIn(body['address'], again.body['generatedPassword'])).toBe('signed_in');
});

test.each<[string, Json, number, string, string]>([
  ['a domain that is not ours', { address: 'm@elsewhere.example' }, 422, 'DOMAIN_UNKNOWN', '/address'],
  ['an alias in another domain', { aliases: ['m@elsewhere.example'] }, 422, 'DOMAIN_UNKNOWN', '/aliases/0'],
  ['an unknown manager', { managerId: 'per_none' }, 422, 'MANAGER_UNKNOWN', '/managerId'],
  ['an unknown zone', { timeZone: 'Nowhere/Port' }, 422, 'ZONE_UNKNOWN', '/timeZone'],
  ['a short password', { password: 'short' }, 422, 'PASSWORD_TOO_SHORT', '/password'],
  [
    'a password that is little more than the name',
    { password: 'xx-somerville-xx' },
    ...([422, 'PASSWORD_HOLDS_KNOWN_WORDS', '/password'] as const),
  ],
  ['no name', { firstName: ' ' }, 400, 'INVALID_REQUEST', '/firstName'],
  ['a name of two lines', { lastName: 'So\nmerville' }, 400, 'INVALID_REQUEST', '/lastName'],
  ['an address that is none', { address: 'mary' }, 400, 'INVALID_REQUEST', '/address'],
  ['a role we do not have', { accountRole: 'root' }, 400, 'INVALID_REQUEST', '/accountRole'],
  ['an unknown field', { shoeSize: 7 }, 400, 'UNKNOWN_FIELD', '/shoeSize'],
])('refuses %s and writes nothing', async (_what, fields, status, code, field) => {
  const claims = () =>
    api.repositories.database.connection.collection('claims').find({ orgId: api.orgId }).toArray();
  const before = (await claims()).length;
  const reply = await create(fields);
  expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([status, code, field]);
  expect((await claims()).length).toBe(before);
});

test('gives an address, an alias and an external id to one person, and frees what a refusal had taken', async () => {
  const holder = await create({ externalId: 'E-2', aliases: ['only.one@harbour.example'] });
  const taken = async (fields: Json) => {
    const reply = await create(fields);
    return [reply.status, reply.body['code'], reply.body['field'], reply.body['personId']];
  };
  const id = holder.body['id'];
  expect(await taken({ address: holder.body['address'] })).toEqual([409, 'ADDRESS_TAKEN', '/address', id]);
  expect(await taken({ address: 'ONLY.ONE@harbour.example' })).toEqual([
    409,
    'ADDRESS_TAKEN',
    '/address',
    id,
  ]);
  const body = { address: 'freed@harbour.example', externalId: 'E-2' };
  expect(await taken(body)).toEqual([409, 'EXTERNAL_ID_TAKEN', '/externalId', id]);
  expect((await create({ address: 'freed@harbour.example' })).status).toBe(201);
});

test('does not give away an address in quarantine before it is over', async () => {
  const address = 'resting@harbour.example';
  const claimId = addressClaimId(api.orgId, address);
  await api.repositories.claims.quarantine(claimId, api.orgId, 'per_gone', NOW_MS + 1);
  const early = await create({ address });
  expect([early.status, early.body['code']]).toEqual([409, 'ADDRESS_QUARANTINED']);
  api.clock.nowMs = NOW_MS + 1;
  expect((await create({ address })).status).toBe(201);
  api.clock.nowMs = NOW_MS;
});

test('changes what is known of a person, takes fields away with null, and moves an external id', async () => {
  const id = await createTestPerson(api, { department: 'Dock', externalId: 'E-3' });
  const manager = await createTestPerson(api);
  const patch = (body: Json) => api.request('PATCH', `/v1/people/${id}`, body);
  const changed = await patch({ lastName: 'King', department: null, managerId: manager, externalId: 'E-4' });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ fullName: 'Ada King', managerId: manager, externalId: 'E-4', rev: 2 });
  expect(changed.body).not.toHaveProperty('department');
  expect((await create({ externalId: 'E-3' })).status).toBe(201);
  expect((await create({ externalId: 'E-4' })).status).toBe(409);
  expect((await patch({ managerId: id })).body['code']).toBe('MANAGER_IS_SELF');
  expect((await patch({ status: 'departed' })).body['code']).toBe('UNKNOWN_FIELD');
  expect((await api.request('PATCH', '/v1/people/per_none', {})).status).toBe(404);
});

test('searches and pages', async () => {
  const own = await startTestApi();
  for (const lastName of ['Anning', 'Anderson', 'Bell']) await createTestPerson(own, { lastName });
  const found = await own.request('GET', '/v1/people?search=an&status=active');
  expect((found.body['items'] as Json[]).map((item) => item['lastName'])).toEqual(['Anning', 'Anderson']);
  const first = await own.request('GET', '/v1/people?limit=2');
  const rest = await own.request('GET', `/v1/people?limit=2&after=${String(first.body['next'])}`);
  expect((rest.body['items'] as Json[]).map((item) => item['lastName'])).toEqual(['Bell']);
  await own.close();
});

test('shows sessions, app passwords, mail and its refusal as the directory knows them', async () => {
  const made = await create({ quotaBytes: 2_000, ...MANUAL });
  const { id, address, generatedPassword } = made.body as {
    id: string;
    address: string;
    generatedPassword: string;
  };
  const signedIn = await api.request('POST', '/v1/directory/sign-in', { address, secret: generatedPassword });
  const session = async (token: string) =>
    (await api.request('GET', '/v1/directory/session', undefined, { headers: { 'X-Session-Token': token } }))
      .body;
  expect(await session(String(signedIn.body['sessionToken']))).toMatchObject({
    result: 'active',
    protocol: 'web',
  });
  expect(await session('nonsense')).toMatchObject({ status: 401, code: 'SESSION_UNKNOWN' });
  expect(await signIn(address, 'wrong')).toBe('INVALID_CREDENTIALS');

  const added = await api.request('POST', `/v1/directory/accounts/${id}/app-passwords`, { label: 'phone' });
  const mail = { address, secret: added.body['appPassword'], protocol: 'mail' };
  expect((await api.request('POST', '/v1/directory/sign-in', mail)).body['result']).toBe('signed_in');

  const deliver = (text: string) =>
    api.request('POST', '/v1/directory/deliver', {
      from: 'x@out.example',
      to: address,
      subject: 'Hello',
      text,
    });
  expect((await deliver('short')).body['result']).toBe('stored');
  expect((await deliver('x'.repeat(3_000))).body).toMatchObject({ status: 422, code: 'MAILBOX_FULL' });
  const messages = await api.request('GET', `/v1/directory/accounts/${id}/messages`);
  expect(messages.body['items']).toHaveLength(1);
  const account = await api.request('GET', `/v1/directory/accounts/${id}`);
  expect(account.body).toMatchObject({
    status: 'active',
    sessionCount: 2,
    mailbox: { messageCount: 1, refusedCount: 1 },
  });
  expect(JSON.stringify(account.body)).not.toMatch(/argon2/);
});

test('changes the organisation, and keeps a domain that is in use', async () => {
  const own = await startTestApi({ organisation: { domains: ['harbour.example', 'quay.example'] } });
  const patch = (body: Json) => own.request('PATCH', '/v1/organisation', body);
  await createTestPerson(own);
  expect((await patch({ domains: ['harbour.example'], leaveTime: '16:00' })).body).toMatchObject({
    domains: ['harbour.example'],
    leaveTime: '16:00',
    rev: 1,
  });
  const inUse = await patch({ domains: ['quay.example'] });
  expect([inUse.status, inUse.body['code'], inUse.body['domain']]).toEqual([
    409,
    'DOMAIN_IN_USE',
    'harbour.example',
  ]);
  expect((await patch({ timeZone: 'X/Y' })).body['code']).toBe('ZONE_UNKNOWN');
  expect((await patch({ leaveTime: '9' })).body['code']).toBe('TIME_INVALID');
  expect((await patch({ domains: [] })).body['code']).toBe('INVALID_REQUEST');
  expect((await patch({ guardLimits: { floor: 9, sharePercent: 20, ceiling: 3 } })).status).toBe(400);
  expect((await own.request('GET', '/v1/organisation')).body).toMatchObject({ rev: 1 });
  await own.close();
});

test('takes own texts of welcome mails that lead somewhere, and says what is wrong with the others', async () => {
  const own = await startTestApi();
  const patch = (texts: unknown) => own.request('PATCH', '/v1/organisation', { welcomeTexts: texts });
  const es = { subject: 'Hola {{firstName}}', text: 'Por aquí: {{link}}' };
  expect((await patch({ es })).body['welcomeTexts']).toEqual({ es });
  await own.request('POST', '/v1/people', {
    ...{ firstName: 'Ana', lastName: 'Luz', address: 'ana@harbour.example', locale: 'es' },
    credentials: { kind: 'welcome_mail', to: 'ana@home.example' },
  });
  expect(own.mailroom.mails).toMatchObject([{ to: ['ana@home.example'], subject: 'Hola Ana' }]);
  const refusal = async (text: Json) => {
    const { status, body } = await patch({ es: { ...es, ...text } });
    return [status, body['code'], body['field']];
  };
  expect(await refusal({ text: '{{link}} {{salary}}' })).toEqual([
    ...[422, 'WELCOME_VARIABLE_UNKNOWN', '/welcomeTexts/es/text'],
  ]);
  expect(await refusal({ subject: '{{link}}' })).toEqual([
    ...[422, 'WELCOME_VARIABLE_UNKNOWN', '/welcomeTexts/es/subject'],
  ]);
  expect(await refusal({ text: 'Hola' })).toEqual([422, 'WELCOME_LINK_MISSING', '/welcomeTexts/es/text']);
  expect((await patch(null)).body).not.toHaveProperty('welcomeTexts');
  await own.close();
});
