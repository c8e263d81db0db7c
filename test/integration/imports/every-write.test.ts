import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROWS_PER_PAGE } from '../../../shared/domain/imports/import-row.ts';
import { comparable } from '../../support/comparable.ts';
import { documentsOf } from '../../support/everything-stored.ts';
import { dyingOnceOfEach, immortal, liveImport, type Mortality } from '../../support/every-write.ts';
import { BAD_OF_A_HUNDRED, csvFile, endStateIn } from '../../support/imported-file.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ ownDatabase: true });
});
afterAll(() => api.close());

/** Has a file imported in an organisation of its own, where the process dies so; gives what there is in the end. */
function living<End>(
  imported: { readonly file: string; readonly query?: string },
  endOf: (own: TestApi, importId: string) => Promise<End>,
  prepare: (own: TestApi) => Promise<unknown> = () => Promise.resolve(),
) {
  return async (mortality: Mortality) => {
    const own = await api.anotherOrganisation({ domains: ['example.com'] });
    await prepare(own);
    const { theImport, written } = await liveImport(own, imported, mortality);
    expect(theImport.state).toBe('finished');
    return { own, theImport, written, deaths: mortality.deaths, end: await endOf(own, theImport.id) };
  };
}

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, one) => all + one, 0);
const inOrder = (counts: ReadonlyMap<string, number>) => Object.fromEntries([...counts].toSorted());
const tell = (what: string, deaths: ReadonlyMap<string, number>): void => {
  process.stdout.write(`import of ${what}: ${sum(deaths)} points, ${sum(deaths)} repaired\n`);
};

const ROWS = 5_000;
const PAGES = ROWS / ROWS_PER_PAGE;
const LIMIT_MS = 400_000;

test(
  'a file of 5,000 rows, of which some are bad and some are there twice, comes to the same end and the same counts',
  async () => {
    const { database } = api.repositories;
    const live = living({ file: csvFile(ROWS) }, (own, id) => endStateIn(database, own.orgId, id));
    const [calm, shaken] = [await live(immortal()), await live(dyingOnceOfEach())];
    expect(shaken.end).toEqual(calm.end);
    const { created, failed, updated, unchanged, departures } = shaken.end.counts!;
    expect([created + failed, updated, unchanged, departures]).toEqual([ROWS, 0, 0, 0]);
    expect(failed).toBe((ROWS / 100) * BAD_OF_A_HUNDRED);
    const { people, accounts, claims, rows } = shaken.end;
    expect([people.length, accounts.length, shaken.end.created]).toEqual([created, created, created]);
    expect(rows).toHaveLength(ROWS);
    expect(claims.filter((claim) => claim.endsWith('NOBODY'))).toEqual([]);
    // Whatever an undisturbed import writes with it died of, and of every page in each of its four turns.
    expect(Object.keys(inOrder(shaken.deaths))).toEqual(Object.keys(inOrder(calm.written)));
    expect(Object.fromEntries(shaken.deaths)).toMatchObject({
      ...{ 'import_rows.insertOne': PAGES, 'import_rows.findOneAndUpdate': 4 * PAGES },
    });
    // The names of the dry run are given back.
    expect(await documentsOf(api.repositories, `${shaken.theImport.id}.1`)).toEqual([]);
    const stored = await documentsOf(api.repositories, shaken.own.orgId);
    expect(stored.filter(([collection]) => collection === 'dir_effects')).toHaveLength(created);
    tell('5,000 rows', shaken.deaths);
  },
  LIMIT_MS,
);

/** They count tries, or are said by the attempt that decided. Of rows they are compared: those are one text. */
const OF_TRIES = new Set(['rev', 'ETag', 'warnings']);
const everythingOf = async (own: TestApi): Promise<readonly string[]> =>
  comparable(await documentsOf(own.repositories, own.orgId), own.orgId, OF_TRIES);

test('a file whose people are sent a welcome mail comes to the same end, and each has one mail', async () => {
  const rows = Array.from({ length: 12 }, (_, at) => {
    const name = 'abcdefghijkl'[at];
    return `Ada,Byron${name},${at % 3 === 0 ? '' : `${name}@home.example`},${at % 4 === 1 ? 'a quiet harbour at dawn 7' : ''}`;
  });
  const file = ['first_name,last_name,private_contact,password', ...rows, ''].join('\n');
  const live = living({ file, query: '?welcomeMail=true' }, everythingOf);
  const [calm, shaken] = [await live(immortal()), await live(dyingOnceOfEach())];
  expect(shaken.end).toEqual(calm.end);
  expect(shaken.theImport.run?.counts).toMatchObject({ created: 12, failed: 0, warned: 3 });
  const welcomes = shaken.end.filter((text) => text.startsWith('["welcomes"'));
  expect(welcomes).toHaveLength(6);
  expect(inOrder(shaken.deaths)).toEqual(inOrder(calm.written));
  tell('12 rows with welcome mails', shaken.deaths);
});

const MIXED = `first_name,last_name,address,external_id,department,aliases,operation,last_day,end_date
Ada,Lovelace,,,Sales,,,,
,,,K1,Finance,,update,,
Grace,Hopper,,N1,Sales,gh@example.com,,,
Joan,Clarke,joan@example.com,K2,,,update,,
,,,K3,,,departure,2027-03-29,
,,,K1,Support,,update,,
Ada,Lovelace,,,Sales,,,,
,,k4@example.com,,,,departure,2027-03-30,
,,,X9,Sales,,update,,
Mary,Somerville,k5@example.com,,,,,,
,,,N1,Finance,,update,,
,,,K6,,,update,,2027-06-30
,,,K6,,,departure,2027-05-28,
`;

test('a file that makes people, changes some and has some leave comes to the same end', async () => {
  const live = living({ file: MIXED, query: '?mostInvalidPercent=50' }, everythingOf, async (own) => {
    for (const name of ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'])
      await createTestPerson(own, { address: `${name}@example.com`, externalId: name.toUpperCase() });
  });
  const [calm, shaken] = [await live(immortal()), await live(dyingOnceOfEach())];
  expect(shaken.end).toEqual(calm.end);
  expect(shaken.theImport.run?.counts).toEqual({
    ...{ created: 3, updated: 5, unchanged: 0, departures: 3, failed: 2, warned: 1 },
  });
  // What a workflow says of itself stands in the place of a write that would have followed.
  const [missed, ...others] = [...calm.written.keys()].filter((name) => !shaken.deaths.has(name));
  expect([missed, others]).toEqual(['cases.updateOne', []]);
  const rest = await live(dyingOnceOfEach((name) => name === missed));
  expect(rest.end).toEqual(calm.end);
  const deaths = new Map([...shaken.deaths, ...rest.deaths]);
  expect(inOrder(deaths)).toEqual(inOrder(calm.written));
  tell('13 rows of all kinds', deaths);
});
