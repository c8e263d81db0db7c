import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendDueWelcomes } from '../../../api/people/credentials/keep-sending-welcomes.ts';
import { addressClaimId } from '../../../shared/domain/ids.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { everythingStored } from '../../support/everything-stored.ts';
import { asking, assertRepaired, type WritingCommand } from '../../support/fault-points.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ ownDatabase: true });
});
afterAll(() => api.close());

const CHOSEN = 'seagulls over the pier';
const PERSON = { firstName: 'Ada', lastName: 'Point', address: 'ada@harbour.example' };
const MAILED = { to: 'ada@home.example', includePassword: true };

const opens = async (own: TestApi, address: unknown, secret: string) =>
  (await own.directory.trySecret(own.orgId, String(address), secret, 'web')).kind === 'accepted';
const useLink = (link: unknown) =>
  api.page('POST', /\/setup\/[\w-]{43}/u.exec(String(link))![0], { password: CHOSEN, repeated: CHOSEN });

async function comesInByLink(own: TestApi, address: unknown, link: unknown): Promise<void> {
  expect((await useLink(link)).status).toBe(200);
  expect(await opens(own, address, CHOSEN)).toBe(true);
}

/** The secret that is shown opens the account; where the answer that had it was lost, somebody asks for a link. */
async function comesIn(own: TestApi, { id, address, generatedPassword, credentials }: Json): Promise<void> {
  if (typeof generatedPassword === 'string') {
    expect(await opens(own, address, generatedPassword)).toBe(true);
    return;
  }
  const shown = (credentials as Json)['setupLink'];
  const another = () => own.request('POST', `/v1/people/${String(id)}/setup-link`);
  await comesInByLink(own, address, shown ?? (await another()).body['setupLink']);
}

async function comesInByMail(own: TestApi): Promise<void> {
  const { text } = own.mailroom.mails.findLast(({ to }) => to[0] === MAILED.to)!;
  const password = /this is your password:\n(\S+)/u.exec(text)![1]!;
  expect(await opens(own, PERSON.address, password)).toBe(true);
  await comesInByLink(own, PERSON.address, text);
  expect(await everythingStored(own.repositories, own.orgId)).toContain('"action":"welcome.sent"');
}

/** Sent again it gives another secret: the first one was told to nobody, and opens nothing any more. */
const ANOTHER_SECRET = [
  'dir_effects".*"setPassword"',
  'setup_links".*"voidedAtMs":…',
  'audit".*"setupLink.given"',
];
/** Given up with its process, a mail goes again; its text holds the secret and when that ends. */
const ANOTHER_MAIL = ['mail"', 'audit".*"welcome.sent"'];
const beginning = (ways: readonly string[]) => new RegExp(`^\\["(?:${ways.join('|')})`, 'u');

const members = ['seq', 'naming', 'setupLink', 'generatedPassword'];
const mailed: Pick<WritingCommand<string>, 'background' | 'mayDiffer' | 'check'> = {
  async background(own) {
    own.clock.nowMs += 2 * 60_000;
    await sendDueWelcomes(own.context, () => false);
  },
  mayDiffer: {
    members: [...members, 'welcome', 'attempts'],
    documents: beginning([...ANOTHER_SECRET, ...ANOTHER_MAIL]),
  },
  check: comesInByMail,
};

const creation = (name: string, more: Json): WritingCommand<string> => ({
  name: `people create, ${name}`,
  prepare: () => Promise.resolve(''),
  send: asking(() => ['POST', '/v1/people', { ...PERSON, ...more }]),
  mayDiffer: { members, documents: beginning(ANOTHER_SECRET) },
  check: (own, _none, { body }) => comesIn(own, body),
});
const ofPerson = (name: string, path: string, body: Json): WritingCommand<string> => ({
  name,
  prepare: (own) => createTestPerson(own, PERSON),
  send: asking((id) => ['POST', `/v1/people/${id}/${path}`, body]),
  mayDiffer: { members, documents: beginning(ANOTHER_SECRET) },
});

test.each([
  creation('address made of the names', {
    ...{ address: undefined, aliases: ['point@harbour.example'], externalId: 'point' },
  }),
  creation('setup link', { credentials: { kind: 'setup_link' } }),
  creation('password shown once', { credentials: { kind: 'manual' } }),
  { ...creation('welcome mail', { credentials: { kind: 'welcome_mail', ...MAILED } }), ...mailed },
  ofPerson('setup link', 'setup-link', {}),
  { ...ofPerson('welcome mail', 'welcome', MAILED), ...mailed },
])('$name: dead after any of its writes and sent again, it leaves no half', (command) =>
  assertRepaired(api, command),
);

/** Dies right after the n-th write of this name, and answers nobody; gives what sends it again. */
async function createDying(
  body: Json,
  name: string,
  nth: number,
): Promise<() => ReturnType<TestApi['request']>> {
  const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: String(body['lastName']) });
  const ofName = (written: readonly string[]) => written.filter((one) => one === name).length;
  const process = dyingProcess(api.repositories.database.connection, (written) => ofName(written) === nth);
  expect((await send()).status).toBe(500);
  process.restart();
  api.clock.nowMs += 10_000;
  return send;
}

test('a request that died when the mail had gone does not take away again what the person set', async () => {
  const body = { ...PERSON, lastName: 'Quick', credentials: { kind: 'welcome_mail', ...MAILED } };
  const send = await createDying(body, 'welcomes.findOneAndUpdate', 2);
  const mails = () => api.mailroom.mails.length;
  const sent = mails();
  expect((await useLink(api.mailroom.mails.at(-1)!.text)).status).toBe(200);
  const again = await send();
  expect([again.status, again.body['welcome']]).toEqual([201, expect.objectContaining({ state: 'sent' })]);
  expect(mails()).toBe(sent);
  expect(await opens(api, PERSON.address, CHOSEN)).toBe(true);
});

test('who comes back finds the address free, and keeps the one an earlier attempt had to take', async () => {
  const plain = addressClaimId(api.orgId, 'eve.plain@harbour.example');
  await api.repositories.claims.take(plain, api.orgId, 'per_other', api.clock.nowMs);
  const body = { firstName: 'Eve', lastName: 'Plain' };
  const send = await createDying(body, 'dir_accounts.insertOne', 1);
  await api.repositories.claims.release(plain, api.orgId, 'per_other');
  const { id, address } = (await send()).body;
  expect(address).toBe('eve.plain2@harbour.example');
  const account = await api.directory.findByAddress(api.orgId, String(address));
  expect(account?.id).toBe(String(id).replace('per_', 'acc_'));
});

test('a refusal gives back what an earlier attempt had claimed', async () => {
  const alias = 'wanted@harbour.example';
  const body = { firstName: 'Eve', lastName: 'Late', aliases: [alias], externalId: 'late' };
  const send = await createDying(body, 'claims.insertOne', 1);
  const claimOnAlias = () => api.repositories.claims.get(addressClaimId(api.orgId, alias), api.orgId);
  expect(await claimOnAlias()).toBeDefined();
  const other = { firstName: 'Ann', lastName: 'Early', externalId: 'late' };
  expect((await api.request('POST', '/v1/people', other)).status).toBe(201);
  expect((await send()).body['code']).toBe('EXTERNAL_ID_TAKEN');
  expect(await claimOnAlias()).toBeUndefined();
});
