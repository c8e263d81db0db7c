import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createRowDesk } from '../../../api/imports/rows/create-row-desk.ts';
import { rowPersonId } from '../../../shared/platform/imports/row-person-id.ts';
import { everythingStored } from '../../support/everything-stored.ts';
import {
  ada,
  anImport,
  carryOut,
  grace,
  HEADERS,
  peopleIn,
  staged,
  type Row,
} from '../../support/import-rows.ts';
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

test('makes people with proven accounts, in the order of the rows', async () => {
  const theImport = anImport(api, HEADERS);
  const aliases = 'countess@harbour.example, al@harbour.example';
  const [result] = await carryOut(
    api,
    theImport,
    staged(theImport, [{ ...ada, external_id: '17', department: 'Engines', aliases }]),
  );
  const personId = rowPersonId(theImport, 1);
  expect(result).toEqual({ status: 'created', personId, address: 'ada.lovelace@harbour.example' });
  const [person] = await peopleIn(api);
  expect(person).toMatchObject({ externalId: '17', department: 'Engines', status: 'active', rev: 0 });
  expect(await api.directory.getAccount(api.orgId, person!.accounts[0]!.accountId)).toMatchObject({
    ...{ address: 'ada.lovelace@harbour.example', status: 'active' },
    aliases: ['countess@harbour.example', 'al@harbour.example'],
  });
});

test('a manager is somebody who is there, or a row above', async () => {
  const boss = await createTestPerson(api, { externalId: 'B1' });
  const theImport = anImport(api, HEADERS);
  const rows = staged(theImport, [
    { ...ada, manager: 'B1', external_id: '1' },
    { ...grace, manager: 'ada.lovelace@harbour.example', external_id: '2' },
    { first_name: 'Below', last_name: 'Somebody', manager: '5' },
    { first_name: 'Their', last_name: 'Own', manager: '4', external_id: '4' },
    { first_name: 'Last', last_name: 'One', manager: boss, external_id: '5' },
    { first_name: 'Of', last_name: 'Nobody', manager: '4' },
  ]);
  const expected = [
    ...['created', 'created', 'MANAGER_UNKNOWN'],
    ...['MANAGER_IS_SELF', 'created', 'MANAGER_UNKNOWN'],
  ];
  for (const mode of ['dry_run', 'run'] as const) {
    const results = await carryOut(api, theImport, rows, mode);
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(expected);
  }
  const managers = (await peopleIn(api)).map(({ firstName, managerId }) => [firstName, managerId]);
  expect(managers.slice(1)).toEqual([
    ['Ada', boss],
    ['Grace', rowPersonId(theImport, 1)],
    ['Last', boss],
  ]);
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

test('gives addresses in the order of the rows, those that are asked for and those that are made', async () => {
  const rows = [
    ada,
    { ...grace, address: 'ada.lovelace@harbour.example' },
    ada,
    { ...grace, aliases: 'ada.lovelace3@harbour.example' },
    ada,
  ];
  const expected = ['ada.lovelace', 'ADDRESS_TWICE', 'ada.lovelace2', 'grace.hopper', 'ada.lovelace4'];
  const theImport = anImport(api, HEADERS);
  const all = staged(theImport, rows);
  const together = await carryOut(api, theImport, all, 'dry_run');
  const oneByOne = [];
  for (const row of all) oneByOne.push(...(await carryOut(api, theImport, [row])));
  for (const results of [together, oneByOne])
    expect(results.map(({ address, error }) => error?.code ?? address?.split('@')[0])).toEqual(expected);
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
    const ofQuota = results.find(({ error }) => error?.field === 'quotaBytes');
    expect(ofQuota?.error?.detail).toBe('Expected a size, such as 5368709120 or 5 GiB.');
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
  // Whoever looks at the guard first makes its place.
  await api.request('GET', '/v1/organisation/guard');
  const before = await everythingStored(api.repositories, api.orgId);
  const foretold = await carryOut(api, theImport, rows, 'dry_run');
  await desk.forget(theImport.id, 0);
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

test('says in the dry run which departures the guard would hold, and they are those that it holds', async () => {
  api = await first.anotherOrganisation({ guardLimits: { floor: 2, sharePercent: 1, ceiling: 2 } });
  for (const externalId of ['1', '2', '3', '4']) await createTestPerson(api, { externalId });
  const theImport = anImport(api, HEADERS);
  const leaving = (id: string): Row => ({ operation: 'departure', external_id: id, last_day: '2027-03-29' });
  const rows = staged(theImport, ['1', '2', '3', '4'].map(leaving));
  for (const mode of ['dry_run', 'run'] as const) {
    const results = await carryOut(api, theImport, rows, mode);
    expect(results.map(({ warnings = [] }) => warnings.map(({ code }) => code))).toEqual([
      ...[[], []],
      ...[['GUARD_HELD'], ['GUARD_HELD']],
    ]);
  }
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
