import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createTestPerson,
  NOW_MS,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';
import { aCase } from '../../support/test-repositories.ts';
import { asDeparture } from '../../support/as-departure.ts';

let api: TestApi;
let boss: string;
let reader: string;
/** A list, what is in it by its items' name of it, in order, and how one more comes in that belongs at an end of it. */
interface Listed {
  readonly path: string;
  readonly items: () => Promise<readonly unknown[]>;
  readonly nameOf: (item: Json) => unknown;
  readonly add: () => Promise<unknown>;
}
const lists = new Map<string, Listed>();

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  api.request('GET', path, undefined, { headers });
const itemsOf = (reply: Reply) => reply.body['items'] as readonly Json[];

async function aDeparture(): Promise<string> {
  const body = {
    personId: await createTestPerson(api),
    lastDay: '2027-03-31',
    reason: 'x',
    successorId: boss,
  };
  return String((await api.request('POST', '/v1/departures', { ...body, contactPersonId: boss })).body['id']);
}

async function anArchive(): Promise<void> {
  const record = aCase(api.orgId);
  await api.repositories.cases.insert(record);
  const of = { orgId: api.orgId, caseId: record.id, manifestSha256: 'x', messageCount: 1, bytes: 1 };
  for (const part of ['part-1', 'part-2']) await api.repositories.archiveParts.record({ ...of, part });
}

beforeAll(async () => {
  api = await startTestApi();
  boss = await createTestPerson(api, { address: 'boss@harbour.example' });
  reader = await createTestPerson(api);
  const [account, readingAccount] = [boss, reader].map((id) => id.replace('per_', 'acc_')) as [
    string,
    string,
  ];
  await api.directory.grantMailboxAccess(
    api.orgId,
    account,
    { toAccountId: readingAccount, untilMs: NOW_MS + 1_000_000 },
    { effectKey: 'g', asOfMs: NOW_MS },
  );
  await api.request('PATCH', '/v1/organisation', { notificationAddresses: ['boss@harbour.example'] });
  const mail = { from: 'x@elsewhere.example', to: 'boss@harbour.example', subject: 'x', text: 'x' };
  let delivered = 0;
  const deliver = async (): Promise<unknown> => {
    api.clock.nowMs = NOW_MS + (delivered += 1);
    const reply = await api.request('POST', '/v1/directory/deliver', mail);
    api.clock.nowMs = NOW_MS;
    return reply;
  };
  const add = {
    people: () => createTestPerson(api, { managerId: boss }),
    key: () => api.request('POST', '/v1/api-keys', { ownerName: 'X', scopes: ['people:read'] }),
  };
  for (let index = 0; index < 4; index += 1) {
    await add.people();
    await add.key();
    await aDeparture();
    await anArchive();
    await deliver();
  }
  const listed = (
    name: string,
    path: string,
    nameOf: Listed['nameOf'],
    addOne: () => Promise<unknown>,
  ): void => {
    const items = async () => itemsOf(await get(`${path}?limit=200`)).map(nameOf);
    lists.set(name, { path, items, nameOf, add: addOne });
  };
  const id = (item: Json): unknown => item['id'];
  const messages = `/v1/directory/accounts/${boss}/messages`;
  listed('people', '/v1/people', id, add.people);
  listed('departures', '/v1/departures', id, aDeparture);
  listed('api keys', '/v1/api-keys', id, add.key);
  listed('archives', '/v1/archives', (item) => item['caseId'], anArchive);
  listed('references', `/v1/people/${boss}/references`, (item) => JSON.stringify(item), add.people);
  listed('messages', messages, id, deliver);
  listed('the mailbox of another', `${messages}/as/${reader}`, id, deliver);
});
afterAll(() => api.close());

const NAMES = [
  'people',
  'departures',
  'api keys',
  'archives',
  'references',
  'messages',
  'the mailbox of another',
];
const listOf = (name: string): Listed => lists.get(name)!;

/** Follows the links, as a program does that knows nothing of cursors. `each` happens between the pages. */
async function followed(path: string, each: () => Promise<unknown> = () => Promise.resolve()) {
  const pages: (readonly Json[])[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = await get(next);
    expect(page.status).toBe(200);
    pages.push(itemsOf(page));
    next = /^<(?<next>[^>]+)>; rel="next"(,|$)/u.exec(page.headers.get('link') ?? '')?.groups?.['next'];
    expect(next === undefined).toBe(page.body['next'] === undefined);
    await each();
  }
  return pages;
}

test.each(NAMES)('%s: pages give everything once and in order, whatever comes in between', async (name) => {
  const { path, items, nameOf, add } = listOf(name);
  const before = await items();
  expect(before.length).toBeGreaterThanOrEqual(4);
  let added = 0;
  const pages = await followed(`${path}?limit=3`, async () => {
    if ((added += 1) <= 2) await add();
  });
  const shown = pages.flat().map(nameOf);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown.filter((one) => before.includes(one))).toEqual(before);
  expect(pages.slice(0, -1).map((page) => page.length)).toEqual(Array(pages.length - 1).fill(3));
});

test.each(NAMES)('%s: refuses a cursor that is none, and one of another list', async (name) => {
  const { path } = listOf(name);
  // Both are lists of cases: their cursors look alike.
  const another = listOf(name === 'archives' ? 'departures' : 'archives');
  const foreign = String((await get(`${another.path}?limit=1`)).body['next']);
  for (const cursor of ['x', 'WyJ4Il0', '../../etc', '%00', foreign]) {
    const refused = await get(`${path}?after=${cursor}`);
    expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
      400,
      'CURSOR_INVALID',
      'after',
    ]);
  }
});

test.each(NAMES)('%s: takes a limit from 1 to 200, and no filter it does not know', async (name) => {
  const { path } = listOf(name);
  for (const limit of ['0', '201', '1.5', 'x', '1&limit=2']) {
    const refused = await get(`${path}?limit=${limit}`);
    expect([limit, refused.status, refused.body['field']]).toEqual([limit, 400, 'limit']);
  }
  const refused = await get(`${path}?colour=blue`);
  expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
    400,
    'UNKNOWN_FIELD',
    'colour',
  ]);
});

test.each(['people', 'departures', 'api keys', 'archives'])(
  '%s: still takes the id of the last item',
  async (name) => {
    const { path, nameOf, items } = listOf(name);
    const all = await items();
    const rest = await get(`${path}?limit=200&after=${String(all[1])}`);
    expect(itemsOf(rest).map(nameOf)).toEqual(all.slice(2));
  },
);

test('keeps the filter of the first page in the address of the next', async () => {
  const pages = await followed(`/v1/people?limit=2&managerId=${boss}&status=active`);
  expect(pages.length).toBeGreaterThan(1);
  expect(new Set(pages.flat().map((person) => person['managerId']))).toEqual(new Set([boss]));
  expect(await followed(`/v1/departures?limit=2&state=scheduled,paused&state=running`)).not.toEqual([]);
});

test('goes on after a case of which a role is gone in between', async () => {
  const person = await createTestPerson(api);
  const body = {
    personId: await createTestPerson(api),
    lastDay: '2027-03-31',
    reason: 'x',
    successorId: person,
  };
  const made = await api.request('POST', '/v1/departures', { ...body, contactPersonId: person });
  const path = `/v1/people/${person}/references`;
  const first = await get(`${path}?limit=1`);
  expect(itemsOf(first)).toMatchObject([{ kind: 'successor' }]);
  const { cases } = api.repositories;
  const record = asDeparture(await cases.get(api.orgId, String(made.body['id'])));
  const { successorId: _gone, ...request } = record.request;
  await cases.setRequest(api.orgId, record.id, record.rev, request);
  const second = await get(`${path}?limit=1&after=${String(first.body['next'])}`);
  expect(itemsOf(second)).toMatchObject([{ kind: 'contact' }]);
  expect(second.body).not.toHaveProperty('next');
});
