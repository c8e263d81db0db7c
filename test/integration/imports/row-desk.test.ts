import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createRowDesk } from '../../../api/imports/rows/create-row-desk.ts';
import { rowIdOf } from '../../../shared/domain/imports/import-row.ts';
import { USUAL_IMPORT_SETTINGS } from '../../../shared/domain/imports/people-import.ts';
import { rowPersonId } from '../../../shared/platform/imports/row-person-id.ts';
import { everythingStored } from '../../support/everything-stored.ts';
import { anImport, carryOut, staged, type Row } from '../../support/import-rows.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let first: TestApi;
beforeAll(async () => {
  first = await startTestApi({ ownDatabase: true });
});
beforeEach(async () => {
  api = await first.anotherOrganisation();
});
afterAll(() => first.close());

const HEADERS = [
  'first_name',
  'last_name',
  'address',
  'external_id',
  'department',
  'aliases',
  'manager',
  'operation',
  'last_day',
  'import_row',
];
const ada: Row = { first_name: 'Ada', last_name: 'Lovelace' };
const grace: Row = { first_name: 'Grace', last_name: 'Hopper' };

const peopleIn = ({ repositories, orgId }: TestApi) =>
  repositories.people.list(orgId, { limit: 500, order: 'created', direction: 'asc' } as never);

test('makes people with proven accounts, in the order of the rows', async () => {
  const theImport = anImport(api, HEADERS);
  const results = await carryOut(
    api,
    theImport,
    staged(theImport, [
      {
        ...ada,
        external_id: '17',
        department: 'Engines',
        aliases: 'countess@harbour.example, al@harbour.example',
      },
      { ...grace, address: 'Grace.Hopper@harbour.example', manager: 'ada.lovelace@harbour.example' },
    ]),
  );
  expect(results).toEqual([
    { status: 'created', personId: rowPersonId(theImport, 1), address: 'ada.lovelace@harbour.example' },
    { status: 'failed', error: { code: 'MANAGER_UNKNOWN', field: 'managerId' } },
  ]);
  const [person] = await peopleIn(api);
  expect(person).toMatchObject({ externalId: '17', department: 'Engines', status: 'active', rev: 0 });
  expect(await api.directory.getAccount(api.orgId, person!.accounts[0]!.accountId)).toMatchObject({
    ...{ address: 'ada.lovelace@harbour.example', status: 'active' },
    aliases: ['countess@harbour.example', 'al@harbour.example'],
  });
  const [again] = await carryOut(api, theImport, [
    {
      number: 3,
      line: 4,
      values: staged(theImport, [{ ...grace, manager: 'ada.lovelace@harbour.example' }])[0]!.values,
    },
  ]);
  expect(again).toMatchObject({ status: 'created' });
  expect((await peopleIn(api))[1]).toMatchObject({ managerId: person!.id });
});

test('gives the next address to a namesake, and says that it may be the same person', async () => {
  const theImport = anImport(api, HEADERS);
  const rows = staged(theImport, [ada, grace, ada, { ...ada, external_id: '9' }]);
  const results = await carryOut(api, theImport, rows);
  expect(results.map(({ address }) => address)).toEqual([
    'ada.lovelace@harbour.example',
    'grace.hopper@harbour.example',
    'ada.lovelace2@harbour.example',
    'ada.lovelace3@harbour.example',
  ]);
  expect(results.map(({ warnings }) => warnings?.map(({ code }) => code))).toEqual([
    undefined,
    undefined,
    ['POSSIBLE_DUPLICATE'],
    ['POSSIBLE_DUPLICATE'],
  ]);
});

test('fails the second row that asks for an address or an external id, and the first keeps it', async () => {
  const theImport = anImport(api, HEADERS);
  const results = await carryOut(
    api,
    theImport,
    staged(theImport, [
      { ...ada, address: 'ada@harbour.example', external_id: '1' },
      { ...grace, address: 'ADA@harbour.example' },
      { ...grace, external_id: '1' },
      { ...grace, aliases: 'ada@harbour.example' },
    ]),
  );
  expect(results.map(({ status, error }) => [status, error?.code, error?.detail])).toEqual([
    ['created', undefined, undefined],
    ['failed', 'ADDRESS_TWICE', 'Row 1 has it as well.'],
    ['failed', 'EXTERNAL_ID_TWICE', 'Row 1 has it as well.'],
    ['failed', 'ADDRESS_TWICE', 'Row 1 has it as well.'],
  ]);
  // Whoever failed holds nothing.
  expect(await api.repositories.claims.listOf(rowPersonId(theImport, 3), api.orgId, 10)).toEqual([]);
});

test('lets a later row have what the first one could not take', async () => {
  await createTestPerson(api, { externalId: '7' });
  const theImport = anImport(api, HEADERS);
  const results = await carryOut(
    api,
    theImport,
    staged(theImport, [
      { ...ada, address: 'ada@harbour.example', aliases: 'post@elsewhere.example' },
      { ...grace, address: 'ada@harbour.example' },
    ]),
  );
  expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
    ['failed', 'DOMAIN_UNKNOWN'],
    ['created', undefined],
  ]);
});

test('says of each row what is wrong with it', async () => {
  const theImport = anImport(api, [...HEADERS, 'time_zone', 'quota', 'protected', 'ends_on', 'domain']);
  const wrong: readonly (readonly [Row, string, string])[] = [
    [{ first_name: 'Ada' }, 'VALUE_MISSING', 'lastName'],
    [{ ...ada, address: 'not an address' }, 'VALUE_INVALID', 'address'],
    [{ ...ada, address: 'ada@elsewhere.example' }, 'DOMAIN_UNKNOWN', 'address'],
    [{ ...ada, address: 'postmaster@harbour.example' }, 'ADDRESS_RESERVED', 'address'],
    [{ ...ada, time_zone: 'Europe/Nowhere' }, 'ZONE_UNKNOWN', 'timeZone'],
    [{ ...ada, quota: 'plenty' }, 'VALUE_INVALID', 'quotaBytes'],
    [{ ...ada, protected: 'perhaps' }, 'VALUE_INVALID', 'protected'],
    [{ ...ada, ends_on: '2027-02-30' }, 'DATE_INVALID', 'endsOn'],
    [{ ...ada, operation: 'destroy' }, 'OPERATION_UNKNOWN', 'operation'],
    [{ ...ada, import_row: 'imp_unknown.4' }, 'ROW_ID_UNKNOWN', 'rowId'],
    [{ first_name: '王', last_name: '\u200b' }, 'VALUE_INVALID', 'lastName'],
    [{ operation: 'update', external_id: 'nobody' }, 'NOBODY_MEANT', ''],
    [{ operation: 'departure', external_id: 'nobody' }, 'NOBODY_MEANT', ''],
  ];
  const rows = staged(
    theImport,
    wrong.map(([row]) => row),
  );
  for (const mode of ['dry_run', 'run'] as const) {
    const results = await carryOut(api, theImport, rows, mode);
    expect(results.map(({ status, error }) => [status, error?.code, error?.field ?? ''])).toEqual(
      wrong.map(([, code, field]) => ['failed', code, field]),
    );
  }
  expect(
    await carryOut(api, theImport, [{ number: 99, line: 99, values: Array(30).fill('x') as string[] }]),
  ).toEqual([{ status: 'failed', error: { code: 'ROW_SURPLUS' } }]);
  expect(await peopleIn(api)).toEqual([]);
});

test('a dry run gives what the run gives, and writes nothing that counts', async () => {
  const leaver = await createTestPerson(api, { externalId: 'L1' });
  const mover = await createTestPerson(api, { externalId: 'M1', department: 'Old' });
  const theImport = anImport(api, HEADERS);
  const rows = staged(theImport, [
    ada,
    { ...ada, address: 'someone@harbour.example' },
    { ...grace, address: 'someone@harbour.example' },
    ada,
    { operation: 'Austritt', external_id: 'L1', last_day: '29.3.2027' },
    { operation: 'ändern', external_id: 'M1', department: 'New', first_name: 'Adele' },
    { operation: 'update', external_id: 'M1' },
    { ...grace, external_id: 'M1' },
  ]);
  const desk = createRowDesk(api.context);
  const before = await everythingStored(api.repositories, api.orgId);
  const foretold = await carryOut(api, theImport, rows, 'dry_run');
  await desk.forget(api.orgId, theImport.id);
  expect(await everythingStored(api.repositories, api.orgId)).toEqual(before);
  const results = await carryOut(api, theImport, rows);
  expect(results.map(({ caseId: _caseId, ...result }) => result)).toEqual(foretold);
  expect(results.map(({ status }) => status)).toEqual([
    ...['created', 'created', 'failed', 'created'],
    ...['departure_requested', 'updated', 'unchanged', 'unchanged'],
  ]);
  expect(results[1]?.warnings).toEqual([
    {
      code: 'CONVENTION_NOT_FOLLOWED',
      field: 'address',
      detail: 'The convention gives ada.lovelace@harbour.example.',
    },
  ]);
  expect(results[7]?.warnings).toEqual([{ code: 'PERSON_DIFFERS' }]);
  expect(await api.repositories.people.get(api.orgId, mover)).toMatchObject({
    department: 'New',
    firstName: 'Adele',
  });
  const departure = await api.repositories.cases.get(api.orgId, results[4]!.caseId!);
  expect(departure).toMatchObject({ kind: 'departure', personId: leaver, requestedBy: api.ownerId });
});

test('the same rows a second time make nobody, and an updated row is told as changed once', async () => {
  const leaver = await createTestPerson(api, { externalId: 'L1' });
  const rows: readonly Row[] = [
    ada,
    grace,
    ada,
    { operation: 'departure', external_id: 'L1', last_day: '2027-03-29' },
  ];
  const theImport = anImport(api, HEADERS);
  await carryOut(api, theImport, staged(theImport, rows));
  const people = await peopleIn(api);
  api.clock.nowMs += 60_000;
  const second = anImport(api, HEADERS, { seed: theImport.seed });
  const results = await carryOut(api, second, staged(second, rows));
  expect(results.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
  expect((await peopleIn(api)).map(({ id }) => id)).toEqual(people.map(({ id }) => id));
  expect(results[3]?.personId).toBe(leaver);
});

test('a mended row is known by its row id, and one that was made is not made again', async () => {
  const theImport = anImport(api, HEADERS);
  await api.repositories.imports.insert(theImport);
  const [made, failed] = await carryOut(
    api,
    theImport,
    staged(theImport, [ada, { ...grace, address: 'g@nowhere.example' }]),
  );
  expect(failed?.status).toBe('failed');
  const mended = anImport(api, HEADERS);
  const results = await carryOut(
    api,
    mended,
    staged(mended, [
      { ...grace, address: 'g@harbour.example', import_row: rowIdOf(theImport.id, 2) },
      { ...ada, import_row: rowIdOf(theImport.id, 1) },
    ]),
  );
  expect(results).toMatchObject([
    { status: 'created', personId: rowPersonId(theImport, 2), address: 'g@harbour.example' },
    { status: 'unchanged', personId: made!.personId },
  ]);
});

test('offers whoever left to be brought back, and makes no second account', async () => {
  const gone = await createTestPerson(api, { externalId: 'G1' });
  const person = await api.repositories.people.get(api.orgId, gone);
  await api.repositories.people.update(api.orgId, gone, person!.rev, { status: 'departed' });
  const theImport = anImport(api, HEADERS);
  const [result] = await carryOut(api, theImport, staged(theImport, [{ ...ada, external_id: 'G1' }]));
  expect(result).toEqual({
    status: 'failed',
    error: { code: 'PERSON_KNOWN', field: 'externalId' },
    personId: gone,
  });
});

test('an address that a target gave to an account of its own is passed over when made, and refused when asked for', async () => {
  await api.directory.createAccount(api.orgId, {
    ...{
      id: 'acc_orphan',
      firstName: 'A',
      lastName: 'L',
      address: 'ada.lovelace@harbour.example',
      quotaBytes: 1,
    },
  });
  const theImport = anImport(api, HEADERS);
  const rows = staged(theImport, [ada, { ...grace, address: 'ada.lovelace@harbour.example' }]);
  for (const mode of ['dry_run', 'run'] as const)
    expect(await carryOut(api, theImport, rows, mode)).toMatchObject([
      { status: 'created', address: 'ada.lovelace2@harbour.example' },
      { status: 'failed', error: { code: 'ADDRESS_TAKEN', field: 'address' } },
    ]);
});

test('a password of the file lets the person in, by its hash alone', async () => {
  const { hashPassword } = await import('../../../directory/sign-in/secrets.ts');
  const theImport = anImport(api, HEADERS);
  const [row] = staged(theImport, [ada]);
  await carryOut(api, theImport, [
    { ...row!, password: { hash: await hashPassword('a cup of tea at sea') } },
  ]);
  const secret = 'a cup of tea at sea';
  const signedIn = await api.directory.trySecret(api.orgId, 'ada.lovelace@harbour.example', secret, 'imap');
  expect(signedIn).toEqual({ kind: 'accepted' });
  const [refused] = await carryOut(api, theImport, [
    { ...row!, number: 7, password: { fault: 'PASSWORD_TOO_SHORT' } },
  ]);
  expect(refused).toEqual({ status: 'failed', error: { code: 'PASSWORD_TOO_SHORT', field: 'password' } });
});

test('whoever can be reached is sent a way in where that is asked for', async () => {
  const settings = { ...USUAL_IMPORT_SETTINGS, welcomeMail: true };
  const theImport = anImport(api, [...HEADERS, 'private_contact'], { settings });
  const results = await carryOut(
    api,
    theImport,
    staged(theImport, [{ ...ada, private_contact: 'ada@home.example' }, grace]),
  );
  expect(results[1]?.warnings).toEqual([{ code: 'WELCOME_NOWHERE', field: 'privateContact' }]);
  const due = await api.repositories.welcomes.listDue(api.clock.nowMs, 50);
  const own = due.filter(({ orgId }) => orgId === api.orgId);
  expect(own).toMatchObject([
    { to: 'ada@home.example', includePassword: false, personId: results[0]!.personId },
  ]);
});

test('a target that says it made an account, and did not, makes nobody', async () => {
  const lying = {
    ...api.directory,
    createAccounts: (_orgId: string, all: readonly unknown[]) =>
      Promise.resolve(all.map(() => ({ kind: 'created' as const }))),
  };
  const deceived = {
    ...api,
    context: { ...api.context, directories: { ...api.context.directories, directory: lying } },
  };
  const theImport = anImport(api, HEADERS);
  const [result] = await carryOut(deceived, theImport, staged(theImport, [ada]));
  expect(result).toMatchObject({ status: 'failed', error: { code: 'ACCOUNT_NOT_PROVEN' } });
  expect(await peopleIn(api)).toEqual([]);
  // Its names wait for the row to be sent again.
  const [again] = await carryOut(api, theImport, staged(theImport, [ada]), 'run', { isRepeated: true });
  expect(again).toMatchObject({ status: 'created', address: 'ada.lovelace@harbour.example' });
});
