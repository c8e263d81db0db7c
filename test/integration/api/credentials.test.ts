import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everythingStored } from '../../support/everything-stored.ts';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const CHOSEN = 'seagulls over the pier';
let count = 0;
const create = (fields: Json = {}, idempotencyKey?: string) =>
  api.request(
    'POST',
    '/v1/people',
    {
      ...{ firstName: 'Mary', lastName: 'Somerville', address: `mary${(count += 1)}@harbour.example` },
      ...fields,
    },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );
const signsIn = async (address: unknown, secret: unknown, target = 'directory') =>
  (await api.directories[target]!.trySecret(api.orgId, String(address), String(secret), 'web')).kind ===
  'accepted';
const credentialsOf = (body: Json) => body['credentials'] as Json;
const linkOf = (body: Json) => new URL(String(credentialsOf(body)['setupLink'])).pathname;

/** Lets a method of an object answer otherwise for as long as something is done. */
async function instead<T>(
  object: object,
  method: string,
  answer: unknown,
  what: () => Promise<T>,
): Promise<T> {
  const original: unknown = Reflect.get(object, method);
  Reflect.set(object, method, () => Promise.resolve(answer));
  try {
    return await what();
  } finally {
    Reflect.set(object, method, original);
  }
}

test('gives a setup link unless something else is said, and the link works', async () => {
  const made = await create();
  expect(made.status).toBe(201);
  expect(credentialsOf(made.body)).toEqual({
    ...{ kind: 'setup_link', provenBy: 'open_link' },
    setupLink: expect.stringMatching(/^https:\/\/gangway\.test\/setup\/[\w-]{43}$/u),
    expiresAt: new Date(api.clock.nowMs + 72 * 3_600_000).toISOString(),
  });
  expect(made.body).not.toHaveProperty('generatedPassword');
  const page = await api.page('POST', linkOf(made.body), { password: CHOSEN, repeated: CHOSEN });
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('You can sign in now')]);
  expect(await signsIn(made.body['address'], CHOSEN)).toBe(true);
});

test('a link that is given by hand voids the one of the creation', async () => {
  const made = await create();
  const later = await api.request('POST', `/v1/people/${String(made.body['id'])}/setup-link`);
  expect((await api.page('GET', linkOf(made.body))).text).toContain('newer link');
  expect((await api.page('GET', new URL(String(later.body['setupLink'])).pathname)).status).toBe(200);
});

test('sets a password that is given, in the long form and in the short one', async () => {
  for (const given of [{ password: CHOSEN }, { credentials: { kind: 'manual', password: CHOSEN } }]) {
    const made = await create(given);
    expect(credentialsOf(made.body)).toEqual({ kind: 'manual', provenBy: 'sign_in' });
    expect(JSON.stringify(made.body)).not.toContain(CHOSEN);
    expect(await signsIn(made.body['address'], CHOSEN)).toBe(true);
  }
});

test('makes a password, shows it once, and it signs in on every target', async () => {
  const targets = ['directory', 'branch'];
  const made = await create({ targets, credentials: { kind: 'manual' } }, 'manual-1');
  const password = String(made.body['generatedPassword']);
  expect(password).toMatch(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/u);
  for (const target of targets) expect(await signsIn(made.body['address'], password, target)).toBe(true);
  const shown = await api.request('GET', `/v1/people/${String(made.body['id'])}`);
  expect(JSON.stringify(shown.body)).not.toContain(password);
});

test.each<[string, Json, string, string]>([
  ['short', { password: 'fourteen signs' }, 'PASSWORD_TOO_SHORT', '/password'],
  ['long', { password: 'gulls '.repeat(40) }, 'PASSWORD_TOO_LONG', '/password'],
  ['common', { password: 'Password12345678' }, 'PASSWORD_TOO_COMMON', '/password'],
  [
    'little more than the name',
    { credentials: { kind: 'manual', password: 'somerville-2027!' } },
    ...(['PASSWORD_HOLDS_KNOWN_WORDS', '/credentials/password'] as const),
  ],
  [
    'little more than the organisation',
    { credentials: { kind: 'manual', password: 'harbour gull 4427' } },
    ...(['PASSWORD_HOLDS_KNOWN_WORDS', '/credentials/password'] as const),
  ],
])('says of a password that it is %s, and makes nobody', async (_what, fields, code, field) => {
  const reply = await create({ firstName: 'Zoe', ...fields });
  expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([422, code, field]);
  expect((await api.request('GET', '/v1/people?q=zoe')).body['items']).toEqual([]);
});

test.each<[string, Json, string]>([
  ['a password in two places', { password: CHOSEN, credentials: { kind: 'manual' } }, '/password'],
  ['a password with a line break', { password: `${CHOSEN}\n${CHOSEN}` }, '/password'],
  ['a kind that is not known', { credentials: { kind: 'pigeon' } }, '/credentials/kind'],
  [
    'a password beside a link',
    { credentials: { kind: 'setup_link', password: CHOSEN } },
    '/credentials/password',
  ],
])('refuses %s', async (_what, fields, field) => {
  const reply = await create(fields);
  expect([reply.status, reply.body['field']]).toEqual([400, field]);
});

test('a sign-in that is not proven is not reported done; the same request goes on', async () => {
  const key = 'unproven-sign-in';
  const fields = { address: 'unproven@harbour.example', credentials: { kind: 'manual' } };
  const refused = { kind: 'refused', code: 'INVALID_CREDENTIALS' };
  const first = await instead(api.directory, 'trySecret', refused, () => create(fields, key));
  expect([first.status, first.body['code']]).toEqual([503, 'CREDENTIALS_UNPROVEN']);
  expect(first.body).not.toHaveProperty('generatedPassword');
  api.clock.nowMs += 10_000;
  const again = await create(fields, key);
  expect([again.status, again.body['id']]).toEqual([201, first.body['personId']]);
  expect(await signsIn(again.body['address'], again.body['generatedPassword'])).toBe(true);
});

test('a link that could not be used is not reported done; the same request goes on', async () => {
  const key = 'unproven-link';
  const fields = { address: 'unproven.link@harbour.example' };
  const { setupLinks } = api.repositories;
  const first = await instead(setupLinks, 'give', undefined, () => create(fields, key));
  expect([first.status, first.body['code']]).toEqual([503, 'CREDENTIALS_UNPROVEN']);
  api.clock.nowMs += 10_000;
  const again = await create(fields, key);
  expect(again.status).toBe(201);
  expect((await api.page('GET', linkOf(again.body))).status).toBe(200);
});

test('the page says that a password is set only when a sign-in with it was proven', async () => {
  const made = await create();
  const link = linkOf(made.body);
  const form = { password: CHOSEN, repeated: CHOSEN };
  const refused = { kind: 'refused', code: 'INVALID_CREDENTIALS' };
  const first = await instead(api.directory, 'trySecret', refused, () => api.page('POST', link, form));
  expect(first.status).toBe(500);
  expect((await api.page('POST', link, form)).status).toBe(200);
});

test('the page does not promise a sign-in to an account that is not open', async () => {
  const made = await create();
  const accountId = String(made.body['id']).replace('per_', 'acc_');
  const call = { effectKey: 'test', asOfMs: api.clock.nowMs };
  await api.directory.disable(api.orgId, accountId, 'departure', call);
  const page = await api.page('POST', linkOf(made.body), { password: CHOSEN, repeated: CHOSEN });
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('once the account is opened')]);
});

test('no secret of a creation is stored, logged, or told again', async () => {
  const given = 'a given canary of the bay';
  const first = await create({}, 'secrets-1');
  const second = await create({ credentials: { kind: 'manual' } }, 'secrets-2');
  await create({ password: given }, 'secrets-3');
  const token = linkOf(first.body).split('/').at(-1)!;
  const secrets = [token, String(second.body['generatedPassword']), given];
  const stored = await everythingStored(api.repositories, api.orgId);
  const logged = api.logs.join('\n');
  for (const secret of secrets) {
    expect(stored).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
  expect(stored).toContain(String(first.body['address']));
  const again = await create({ address: first.body['address'] }, 'secrets-1');
  expect([again.status, credentialsOf(again.body)]).toEqual([
    201,
    { kind: 'setup_link', provenBy: 'open_link', expiresAt: credentialsOf(first.body)['expiresAt'] },
  ]);
});
