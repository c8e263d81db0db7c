import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sendDueWelcomes } from '../../../api/people/credentials/keep-sending-welcomes.ts';
import { createSmtpCarrier } from '../../../shared/platform/mail/smtp-carrier.ts';
import { everythingStored } from '../../support/everything-stored.ts';
import { mailServerUrl, partsOf, startMailServer, type MailServer } from '../../support/mail-server.ts';
import { NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

const FROM = 'Harbour <gangway@harbour.example>';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHOSEN = 'seagulls over the pier';
const HOME = 'mary@home.example';

let server: MailServer;
let api: TestApi;
const apiFor = (url: string) =>
  startTestApi({ notifier: createSmtpCarrier({ url, from: FROM }), ownDatabase: true });

beforeAll(async () => {
  server = await startMailServer();
  api = await apiFor(mailServerUrl(server.port));
});
afterAll(async () => {
  await api.close();
  await server.close();
});
beforeEach(() => {
  server.refusal = undefined;
  api.clock.nowMs = NOW_MS;
});

let count = 0;
const create = (welcome: Json = {}, fields: Json = {}, by: TestApi = api) =>
  by.request('POST', '/v1/people', {
    ...{ firstName: 'Mary', lastName: 'O’Brien <b>', address: `mary${(count += 1)}@harbour.example` },
    privateContact: HOME,
    ...fields,
    credentials: { kind: 'welcome_mail', ...welcome },
  });
const welcomeOf = async (id: unknown) => (await api.request('GET', `/v1/people/${String(id)}/welcome`)).body;
const sendDue = (by: TestApi = api) => sendDueWelcomes(by.context, () => false);
const lastMail = () => server.received.at(-1)!;
const pathIn = (text: string | undefined) => /\/setup\/[\w-]{43}/u.exec(text ?? '')![0];
const setsPassword = (path: string) => api.page('POST', path, { password: CHOSEN, repeated: CHOSEN });
const signsIn = async (address: unknown, secret: string) =>
  (await api.directory.trySecret(api.orgId, String(address), secret, 'web')).kind === 'accepted';

test('mails a link in text and HTML, over TLS and signed in, and no password', async () => {
  const made = await create({}, { locale: 'de-CH' });
  expect(made.status).toBe(201);
  expect(made.body['credentials']).toEqual({ kind: 'welcome_mail', provenBy: 'sign_in' });
  expect(made.body['welcome']).toMatchObject({
    state: 'sent',
    to: HOME,
    attempts: 1,
    acceptedBy: 'smtp 250, 1 of 1 recipients',
  });
  const mail = lastMail();
  expect(mail).toMatchObject({ to: [HOME], encrypted: true, user: 'robot' });
  const { 'text/plain': text, 'text/html': html } = partsOf(mail.raw);
  expect(text).toContain(`Sie melden sich als ${String(made.body['address'])} an.`);
  expect(text).toContain('Wenn Sie nicht Mary O’Brien <b> sind');
  expect(html).toContain('<html lang="de-CH">');
  expect(html).toContain('Wenn Sie nicht Mary O’Brien &lt;b&gt; sind');
  expect(pathIn(html)).toBe(pathIn(text));
  expect(text).not.toContain('dies Ihr Passwort');
  expect((await setsPassword(pathIn(text))).status).toBe(200);
  expect(await signsIn(made.body['address'], CHOSEN)).toBe(true);
});

test('holds a password only where that was asked for, and it signs in', async () => {
  const made = await create({ includePassword: true, locale: 'fr' });
  const { 'text/plain': text } = partsOf(lastMail().raw);
  const password = /voici un mot de passe :\n(\S+)/u.exec(text ?? '')![1]!;
  expect(await signsIn(made.body['address'], password)).toBe(true);
  expect((await setsPassword(pathIn(text))).status).toBe(200);
  expect([
    await signsIn(made.body['address'], password),
    await signsIn(made.body['address'], CHOSEN),
  ]).toEqual([false, true]);
  const stored = await everythingStored(api.repositories, api.orgId);
  const token = pathIn(text).split('/').at(-1)!;
  for (const secret of [password, token]) {
    expect(stored).not.toContain(secret);
    expect(api.logs.join('\n')).not.toContain(secret);
  }
  expect(stored).toContain(HOME);
});

test('a server that is down keeps the mail and not the account; it goes out when the server is back', async () => {
  const down = await startMailServer();
  await down.close();
  const own = await apiFor(mailServerUrl(down.port));
  const made = await create({ includePassword: true }, {}, own);
  expect(made.status).toBe(201);
  expect(made.body['welcome']).toMatchObject({
    state: 'queued',
    error: 'the mail server did not accept the mail: ESOCKET',
    nextAttemptAt: new Date(NOW_MS + MINUTE).toISOString(),
  });
  const personId = String(made.body['id']);
  expect((await own.request('GET', `/v1/directory/accounts/${personId}`)).body['status']).toBe('active');
  await sendDue(own);
  const back = await startMailServer(down.port);
  own.clock.nowMs += MINUTE;
  await sendDue(own);
  const { body } = await own.request('GET', `/v1/people/${personId}/welcome`);
  expect(body).toMatchObject({ state: 'sent', attempts: 2, sentAt: new Date(NOW_MS + MINUTE).toISOString() });
  expect(body).not.toHaveProperty('error');
  expect(back.received).toHaveLength(1);
  await sendDue(own);
  expect(back.received).toHaveLength(1);
  await own.close();
  await back.close();
});

test('a mail that is refused is tried again, each time with a link of its own', async () => {
  server.refusal = '450 come back later';
  const made = await create();
  expect(made.body['welcome']).toMatchObject({
    state: 'queued',
    error: expect.stringContaining('450') as unknown,
  });
  for (const pauseMin of [1, 5, 15, 60, 60]) {
    api.clock.nowMs += pauseMin * MINUTE - 1;
    await sendDue();
    const before = (await welcomeOf(made.body['id']))['attempts'];
    api.clock.nowMs += 1;
    await sendDue();
    expect((await welcomeOf(made.body['id']))['attempts']).toBe(Number(before) + 1);
  }
  const open = await api.repositories.setupLinks.listOpen(
    api.orgId,
    String(made.body['id']),
    api.clock.nowMs,
  );
  expect(open).toHaveLength(1);
  server.refusal = undefined;
  api.clock.nowMs += HOUR;
  await sendDue();
  expect(await welcomeOf(made.body['id'])).toMatchObject({ state: 'sent', attempts: 7 });
  expect((await api.page('GET', pathIn(partsOf(lastMail().raw)['text/plain']))).status).toBe(200);
});

test('is parked after three days, says so in the log, and goes out when it is asked for again', async () => {
  server.refusal = '550 no such user';
  const made = await create();
  const path = `/v1/people/${String(made.body['id'])}/welcome`;
  for (let hour = 0; hour <= 73; hour += 1) {
    api.clock.nowMs += HOUR;
    await sendDue();
  }
  const parked = await welcomeOf(made.body['id']);
  expect(parked).toMatchObject({ state: 'parked', error: expect.stringContaining('550') as unknown });
  expect(parked).not.toHaveProperty('nextAttemptAt');
  expect(await api.repositories.welcomes.countParked()).toBeGreaterThan(0);
  expect(api.logs.join('\n')).toContain('ask for it again');
  server.refusal = undefined;
  const again = await api.request('POST', path, { to: 'new@home.example', locale: 'it' });
  expect([again.status, again.body]).toEqual([
    202,
    expect.objectContaining({ state: 'sent', attempts: 1, to: 'new@home.example' }),
  ]);
  expect(partsOf(lastMail().raw)['text/plain']).toContain('Buongiorno Mary');
  const first = server.received.length;
  await api.request('POST', path, {});
  expect([server.received.length, lastMail().to]).toEqual([first + 1, [HOME]]);
});

test('does not lock out whoever got in meanwhile, nor let in who left', async () => {
  server.refusal = '450 come back later';
  const [used, signedIn, left] = [
    await create({ includePassword: true }),
    await create({ includePassword: true }),
    await create({ includePassword: true }),
  ];
  server.refusal = undefined;
  api.clock.nowMs += 1;
  const link = await api.request('POST', `/v1/people/${String(used.body['id'])}/setup-link`);
  await setsPassword(new URL(String(link.body['setupLink'])).pathname);
  const { orgId, directory, repositories } = api;
  const accountId = String(signedIn.body['id']).replace('per_', 'acc_');
  await directory.setPassword(orgId, accountId, CHOSEN, { effectKey: 'test', asOfMs: NOW_MS });
  await directory.signIn(orgId, String(signedIn.body['address']), CHOSEN, 'web');
  const leaver = (await repositories.people.get(orgId, String(left.body['id'])))!;
  await repositories.people.update(orgId, leaver.id, leaver.rev, { status: 'leaving' });
  const before = server.received.length;
  api.clock.nowMs += MINUTE;
  await sendDue();
  const states = await Promise.all([used, signedIn, left].map(({ body }) => welcomeOf(body['id'])));
  expect(states.map((one) => [one['state'], one['cancelledBecause']])).toEqual([
    ['cancelled', 'has_access'],
    ['cancelled', 'has_access'],
    ['cancelled', 'not_active'],
  ]);
  expect(server.received).toHaveLength(before);
  expect([
    await signsIn(used.body['address'], CHOSEN),
    await signsIn(signedIn.body['address'], CHOSEN),
  ]).toEqual([true, true]);
});

test('of several who send at once one does', async () => {
  server.refusal = '450 come back later';
  await create();
  server.refusal = undefined;
  api.clock.nowMs += MINUTE;
  const before = server.received.length;
  await Promise.all([sendDue(), sendDue(), sendDue()]);
  expect(server.received).toHaveLength(before + 1);
});

test('a welcome whose sender died is sent by another', async () => {
  const { welcomes } = api.repositories;
  Object.assign(api.repositories, {
    welcomes: {
      ...welcomes,
      update: async (...given: Parameters<typeof welcomes.update>) => {
        await welcomes.update(...given);
        throw new Error('died');
      },
    },
  });
  const made = await create();
  Object.assign(api.repositories, { welcomes });
  expect(made.body['welcome']).toMatchObject({ state: 'queued', attempts: 1 });
  api.clock.nowMs += 2 * MINUTE;
  await sendDue();
  expect(await welcomeOf(made.body['id'])).toMatchObject({ state: 'sent', attempts: 2 });
});

test('a server whose certificate nobody vouches for gets nothing', async () => {
  const own = await apiFor(mailServerUrl(server.port, false));
  const before = server.received.length;
  const made = await create({}, {}, own);
  expect(made.body['welcome']).toMatchObject({ state: 'queued', attempts: 1 });
  expect(server.received).toHaveLength(before);
  await own.close();
});

test.each<[string, Json, Json]>([
  ['nowhere', {}, { privateContact: null }],
  ['to a private contact that is a telephone number', {}, { privateContact: '+41 79 000 00 00' }],
  [
    'into the mailbox that nobody can open yet',
    { to: 'self@harbour.example' },
    { address: 'self@harbour.example' },
  ],
])('does not send a welcome %s', async (_what, welcome, fields) => {
  const { privateContact = HOME, ...rest } = fields;
  const contact = privateContact === null ? { privateContact: undefined } : { privateContact };
  const reply = await create(welcome, { ...rest, ...contact });
  expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([
    422,
    'WELCOME_NOWHERE',
    '/credentials/to',
  ]);
});

test('there is none to see where none was asked for, and none for somebody who leaves', async () => {
  const made = await create();
  const { body: other } = await api.request('POST', '/v1/people', {
    ...{ firstName: 'Ada', lastName: 'Anning', address: 'ada.anning@harbour.example' },
  });
  expect((await welcomeOf(other['id']))['code']).toBe('WELCOME_NOT_FOUND');
  const person = (await api.repositories.people.get(api.orgId, String(made.body['id'])))!;
  await api.repositories.people.update(api.orgId, person.id, person.rev, { status: 'leaving' });
  const reply = await api.request('POST', `/v1/people/${person.id}/welcome`, {});
  expect([reply.status, reply.body['code']]).toEqual([409, 'PERSON_NOT_ACTIVE']);
});
