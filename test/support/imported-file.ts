import { connectDatabase, type Database } from '../../shared/platform/persistence/connect.ts';
import { createRepositories } from '../../shared/platform/persistence/create-repositories.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import type { StagedRow } from '../../shared/domain/imports/import-row.ts';
import type { ImportCounts } from '../../shared/domain/imports/people-import.ts';

export const FILE_HEADERS = ['first_name', 'last_name', 'address', 'external_id', 'department'];

/** Of a hundred rows three cannot be made, and two ask for what an earlier one has. From the 3,001st on everybody has a namesake. */
const BAD: Readonly<Record<number, (at: number) => readonly string[]>> = {
  7: (at) => [`Bad${at}`, '', '', `B${at}`, 'Sales'],
  31: (at) => ['Bad', 'Domain', `bad${at}@nowhere.example`, '', 'Sales'],
  77: (at) => ['Bad', 'Address', 'not an address', `B${at}`, ''],
  42: (at) => ['Twice', `External${at}`, '', `E${at - 1}`, ''],
  84: (at) => ['Twice', `Address${at}`, `own${at - 4}@example.com`, '', ''],
};
export const BAD_OF_A_HUNDRED = Object.keys(BAD).length;

export function rowAt(at: number): readonly string[] {
  const bad = BAD[at % 100];
  if (bad !== undefined) return bad(at);
  const address = at % 20 === 0 ? `own${at}@example.com` : '';
  return [
    `First${letters(at % 500)}`,
    `Last${letters(Math.floor(at / 10) % 300)}`,
    address,
    `E${at}`,
    'Sales',
  ];
}

export function csvFile(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => rowAt(at).join(','));
  return [FILE_HEADERS.join(','), ...lines, ''].join('\n');
}

function letters(number: number): string {
  return String(number).replaceAll(/\d/gu, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}

/** All that is to be the same, however often something was killed: by names and addresses, for ids are of each import. */
export interface EndState {
  readonly people: readonly string[];
  readonly accounts: readonly string[];
  readonly claims: readonly string[];
  readonly created: number;
  readonly rows: readonly string[];
  readonly counts: ImportCounts | undefined;
}

const PAGE = 500;

export async function endStateOf(uri: string, orgId: string, importId: string): Promise<EndState> {
  const database = await connectDatabase(uri, { appName: 'end-state' });
  try {
    return await endStateIn(database, orgId, importId);
  } finally {
    await database.close();
  }
}

export async function endStateIn(database: Database, orgId: string, importId: string): Promise<EndState> {
  const { people, imports } = createRepositories(database);
  const known: string[] = [];
  const numbers = new Map<string, number>();
  for await (const page of everyPage(PAGE, (range) => people.list(orgId, range)))
    for (const { id, firstName, lastName, address, externalId, department, status, rev } of page) {
      numbers.set(id, known.length);
      known.push([firstName, lastName, address, externalId, department, status, rev].join(' '));
    }
  const { db } = database.connection;
  if (db === undefined) throw new Error('the database is not connected');
  const all = (name: string, filter: object) =>
    db
      .collection(name)
      .find({ orgId, ...filter })
      .toArray();
  const accounts = await all('dir_accounts', {});
  const claims = await all('claims', { state: 'held' });
  const theImport = await imports.get(orgId, importId);
  const rows: StagedRow[] = [];
  for (let page = 1; page <= (theImport?.staged?.pages ?? 0); page += 1)
    rows.push(...((await imports.getPage(orgId, importId, page))?.rows ?? []));
  return {
    people: known,
    accounts: accounts
      .map(({ address, aliases, status }) => JSON.stringify([address, aliases, status]))
      .sort(),
    claims: claims
      .filter(({ _id }) => !String(_id).startsWith('file:'))
      .map(
        ({ _id, holderId }) =>
          `${String(_id).split(':').at(-1) ?? ''} ${numbers.get(String(holderId)) ?? 'NOBODY'}`,
      )
      .sort(),
    created: (await all('audit', { action: 'person.created' })).length,
    rows: rows.map(({ number, line, dryRun, result }) =>
      JSON.stringify([
        number,
        line,
        [dryRun, result].map((one) => [one?.status, one?.address, one?.error, one?.warnings]),
      ]),
    ),
    counts: theImport?.run?.counts,
  };
}
