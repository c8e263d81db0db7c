import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { recordQueries } from '../../support/query-plans.ts';
import { startTestApi, type Json, type Reply, type TestApi } from '../../support/test-api.ts';
import { aCase, aPerson } from '../../support/test-repositories.ts';

let api: TestApi;
let asked: ReturnType<typeof recordQueries>;
let ids: Readonly<Record<string, string>>;

const PEOPLE: Readonly<Record<string, Partial<Person>>> = {
  chief: { firstName: 'Grace', lastName: 'Hopper', address: 'g.hopper@harbour.example' },
  ada: { firstName: 'Ada', lastName: 'Łovelace', address: 'x1@harbour.example', department: 'Engine' },
  adam: { firstName: 'Adam', lastName: 'Love', address: 'b@quay.example', domain: 'quay.example' },
  zoe: { firstName: 'Zoé', lastName: 'álvarez', address: 'zoe@harbour.example', status: 'leaving' },
  yulia: { firstName: 'Юлия', lastName: 'Борисова', address: 'a@harbour.example', status: 'departed' },
  twin: { firstName: 'Adam', lastName: 'Love', address: 'c@harbour.example', department: 'Engine' },
  boss: { firstName: 'Ben', lastName: "O'Neill-Grant", accountRole: 'administrator', department: 'Engine' },
  mono: { firstName: 'Madonna', lastName: '', aliases: ['ciccone@harbour.example'], externalId: 'E-77' },
};

beforeAll(async () => {
  api = await startTestApi();
  asked = recordQueries(api.repositories.database.connection);
  const made: Record<string, string> = {};
  for (const [name, fields] of Object.entries(PEOPLE)) {
    const managed = name === 'chief' ? {} : { managerId: made['chief']! };
    const person = aPerson(api.orgId, { ...managed, ...fields });
    await api.repositories.people.insert(person);
    made[name] = person.id;
  }
  ids = made;
});
afterAll(() => api.close());

const nameOf = (item: Json): string => Object.keys(ids).find((name) => ids[name] === item['id']) ?? '?';
const get = (query: string): Promise<Reply> => api.request('GET', `/v1/people?${query}`);
async function shown(query: string): Promise<readonly string[]> {
  asked.forget();
  const reply = await get(query);
  expect([reply.status, reply.body['code']]).toEqual([200, undefined]);
  return (reply.body['items'] as readonly Json[]).map(nameOf);
}

const ORDERS = {
  created: ['chief', 'ada', 'adam', 'zoe', 'yulia', 'twin', 'boss', 'mono'],
  name: ['zoe', 'yulia', 'chief', 'adam', 'twin', 'ada', 'mono', 'boss'],
  address: ['yulia', 'adam', 'twin', 'chief', 'boss', 'mono', 'ada', 'zoe'],
  status: ['chief', 'adam', 'twin', 'ada', 'mono', 'boss', 'yulia', 'zoe'],
} as const;
type Order = keyof typeof ORDERS;
const NAMES = Object.keys(ORDERS) as readonly Order[];

describe.each(NAMES)('by %s', (order) => {
  test('from one end, from the other, and in pages of any size', async () => {
    expect(await shown(`sort=${order}`)).toEqual(ORDERS[order]);
    expect(await shown(`sort=${order}&direction=desc`)).toEqual(ORDERS[order].toReversed());
    for (const direction of ['asc', 'desc']) {
      const expected = direction === 'asc' ? ORDERS[order] : ORDERS[order].toReversed();
      for (const limit of [1, 3, 7]) {
        const { forwards, backwards } = await walked(`sort=${order}&direction=${direction}`, limit);
        expect(forwards.flat()).toEqual(expected);
        // Not necessarily cut at the same places: the first page takes what is left.
        expect(backwards.flat()).toEqual(expected.slice(0, -forwards.at(-1)!.length));
      }
    }
  });

  test.each([
    ['', ''],
    ['role=user', 'accountRole'],
    ['domain=harbour.example', 'domain'],
    ['department=Engine', 'department'],
    ['managerId=:chief', 'managerId'],
    ['status=active', 'status'],
    ['status=active&role=user', 'accountRole'],
    ['status=active&domain=harbour.example', 'domain'],
  ])('with ?%s, found and ordered by an index', async (query, field) => {
    const filter = query.replace(':chief', ids['chief']!);
    const all = await shown(filter);
    expect(await shown(`${filter}&sort=${order}`)).toEqual(ORDERS[order].filter((one) => all.includes(one)));
    const place = { created: '_id', name: 'byName', address: 'byAddress', status: 'byStatus' }[order];
    const isPartOfStatus = field === 'status' && (order === 'name' || order === 'status');
    await asked.expectIndexed('people', isPartOfStatus ? 'byStatus' : field === '' ? place : field);
  });
});

test.each(
  ['q=ad', 'q=adam', 'q=adam love', 'department=Engine&role=user&q=adam', 'status=active&q=ad'].flatMap(
    (query) => (['created', 'name'] as const).map((order) => [query, order] as const),
  ),
)('searches ?%s by %s, found and ordered by an index', async (query, order) => {
  const all = await shown(query);
  expect(all.length).toBeGreaterThan(0);
  expect(await shown(`${query}&sort=${order}`)).toEqual(ORDERS[order].filter((one) => all.includes(one)));
  await asked.expectIndexed('people', 'searchPrefixes');
});

/** Every page by following `next`, and back again by following `previous`, as the links give them too. */
async function walked(query: string, limit: number) {
  const forwards: string[][] = [];
  let page = await get(`${query}&limit=${limit}`);
  const step = async (member: 'next' | 'previous', rel: string, parameter: string) => {
    const cursor = page.body[member] as string | undefined;
    const link = new RegExp(`<([^>]+)>; rel="${rel}"`, 'u').exec(page.headers.get('link') ?? '')?.[1];
    expect(link === undefined).toBe(cursor === undefined);
    if (cursor === undefined) return false;
    expect(new URL(link!, 'http://x').searchParams.get(parameter)).toBe(cursor);
    page = await get(`${query}&limit=${limit}&${parameter}=${cursor}`);
    return true;
  };
  const names = () => (page.body['items'] as readonly Json[]).map(nameOf);
  expect(page.body).not.toHaveProperty('previous');
  do forwards.push(names());
  while (await step('next', 'next', 'after'));
  const backwards: string[][] = [];
  while (await step('previous', 'prev', 'before')) backwards.unshift(names());
  return { forwards, backwards };
}

test('stays in place for whoever reads on while people come and change their names', async () => {
  const own = await startTestApi();
  const insert = async (lastName: string) => {
    const person = aPerson(own.orgId, { lastName, firstName: 'A' });
    await own.repositories.people.insert(person);
    return person;
  };
  for (const name of ['Cole', 'Dahl', 'Eder']) await insert(name);
  const last = await insert('Berg');
  const read = async (cursor: string) =>
    (await own.request('GET', `/v1/people?sort=name&limit=2${cursor}`)).body;
  const first = await read('');
  // Whoever the cursor was made of goes elsewhere, and somebody comes in before it.
  const { id } = (first['items'] as readonly Json[])[1] as { id: string };
  await own.repositories.people.update(own.orgId, id, 0, { lastName: 'Zahn' });
  await insert('Adler');
  const rest = await read(`&after=${String(first['next'])}`);
  expect((rest['items'] as readonly Json[]).map((one) => one['lastName'])).toEqual(['Dahl', 'Eder']);
  expect(last.lastName).toBe('Berg');
  await own.close();
});

test.each([
  ['any part of a name', 'grant', ['boss']],
  ['the other part of a double name', "o'neill-gr", ['boss']],
  ['an accented name without its accent', 'alvarez', ['zoe']],
  ['a plain name with an accent', 'Àdám', ['adam', 'twin']],
  ['a letter that no accent makes', 'lovelace', ['ada']],
  ['that letter itself', 'ŁOVE', ['ada']],
  ['another script in Latin letters', 'borisova', ['yulia']],
  ['another script', 'юлия б', ['yulia']],
  ['an address', 'g.hopper@harbour', ['chief']],
  ['an alias', 'ciccone', ['mono']],
  ['an external id', 'e-77', ['mono']],
  ['first and last name', 'adam lo', ['adam', 'twin']],
  ['last and first name', 'love ad', ['adam', 'twin']],
  ['nothing from the middle', 'opper', []],
  ['nothing that only begins alike', 'adamant', []],
  ['no pattern', 'a.am', []],
  ['two letters', 'Lo', ['ada', 'adam', 'twin']],
  ['a short name and what follows', 'ben o', ['boss']],
])('finds by %s', async (_what, search, expected) => {
  expect(await shown(`q=${encodeURIComponent(search)}`)).toEqual(expected);
});

test('lists who has an open case, or none, whatever else is asked', async () => {
  const { claims, cases } = api.repositories;
  for (const name of ['adam', 'ada', 'boss']) {
    const record = aCase(api.orgId, { personId: ids[name]! });
    await cases.insert(record);
    await claims.take(openCaseClaimId(api.orgId, ids[name]!), api.orgId, record.id, 0);
  }
  expect(await shown('hasOpenCase=true')).toEqual(['ada', 'adam', 'boss']);
  expect(await shown('hasOpenCase=true&direction=desc')).toEqual(['boss', 'adam', 'ada']);
  expect(await shown('hasOpenCase=true&department=Engine&q=ad')).toEqual(['ada']);
  const { forwards, backwards } = await walked('hasOpenCase=true&department=Engine', 1);
  expect([forwards, backwards]).toEqual([[['ada'], ['boss']], [['ada']]]);
  const without = ORDERS.name.filter((name) => !['adam', 'ada', 'boss'].includes(name));
  expect(await shown('hasOpenCase=false&sort=name')).toEqual(without);
  expect((await walked('hasOpenCase=false&sort=name', 2)).forwards.flat()).toEqual(without);
});

test('reads the facts of a page at once, however long it is', async () => {
  const queriesOf = async (limit: number) => {
    const counted: string[] = [];
    const { connection } = api.repositories.database;
    connection.set('debug', (collection: string, method: string) => counted.push(`${collection}.${method}`));
    await get(`limit=${limit}&sort=name&direction=desc`);
    asked = recordQueries(connection);
    return counted.filter((one) => !one.startsWith('apiKeys'));
  };
  const one = await queriesOf(1);
  expect(await queriesOf(8)).toEqual(one);
  expect(one.length).toBeLessThanOrEqual(5);
});

test.each([
  ['sort=shoeSize', 'sort'],
  ['direction=up', 'direction'],
  ['hasOpenCase=maybe', 'hasOpenCase'],
  ['hasOpenCase=true&sort=name', 'sort'],
  ['q=ad&sort=status', 'sort'],
  ['search=ad&sort=address', 'sort'],
  ['after=per_1&before=per_2', 'before'],
])('refuses ?%s and names the field', async (query, field) => {
  const refused = await get(query);
  expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
    ...[400, 'INVALID_REQUEST', field],
  ]);
});

test('refuses the cursor of another order', async () => {
  const { body } = await get('sort=name&limit=1');
  for (const query of ['sort=created', 'sort=address', 'sort=status'])
    for (const parameter of ['after', 'before']) {
      const refused = await get(`${query}&${parameter}=${String(body['next'])}`);
      expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
        ...[400, 'CURSOR_INVALID', parameter],
      ]);
    }
});
