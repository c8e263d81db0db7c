import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { rowIdOf } from '../../../shared/domain/imports/import-row.ts';
import { USUAL_IMPORT_SETTINGS } from '../../../shared/domain/imports/people-import.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { rowPersonId } from '../../../shared/platform/imports/row-person-id.ts';
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

test('somebody of an export is known by the id it has, and who is from elsewhere is made', async () => {
  const known = await createTestPerson(api, { firstName: 'Ada', lastName: 'Lovelace' });
  const { address = '' } = (await api.repositories.people.get(api.orgId, known)) ?? {};
  const theImport = anImport(api, [...HEADERS, 'person_id']);
  const rows: readonly Row[] = [
    { ...ada, address, person_id: known },
    { ...ada, last_name: 'King', person_id: known },
    { ...grace, person_id: newId('per') },
    { operation: 'update', department: 'Engines', person_id: known },
  ];
  for (const mode of ['dry_run', 'run'] as const) {
    const results = await carryOut(api, theImport, staged(theImport, rows), mode);
    expect(results).toMatchObject([
      { status: 'unchanged', personId: known, address },
      { status: 'unchanged', personId: known, warnings: [{ code: 'PERSON_DIFFERS' }] },
      { status: 'created' },
      { status: 'updated', personId: known },
    ]);
  }
  expect(await peopleIn(api)).toHaveLength(2);
});

test('people of another installation come with their managers, and are known by their ids there when they come again', async () => {
  const headers = [...HEADERS, 'person_id'];
  const rows: readonly Row[] = [
    { ...ada, person_id: 'per_01ADA' },
    { ...grace, person_id: 'per_01GRACE', manager: 'per_01ADA' },
    { ...grace, person_id: 'per_01GRACE' },
    { ...grace, person_id: 'no id' },
  ];
  const theImport = anImport(api, headers);
  for (const mode of ['dry_run', 'run'] as const) {
    const results = await carryOut(api, theImport, staged(theImport, rows), mode);
    expect(results.map(({ status, error }) => [status, error?.code, error?.field])).toEqual([
      ['created', undefined, undefined],
      ['created', undefined, undefined],
      ['failed', 'EXTERNAL_ID_TWICE', 'personId'],
      ['failed', 'VALUE_INVALID', 'personId'],
    ]);
  }
  const people = await peopleIn(api);
  expect(people.map(({ managerId }) => managerId)).toEqual([undefined, rowPersonId(theImport, 1)]);
  const later = anImport(api, headers);
  const again = staged(later, [
    { ...ada, person_id: 'per_01ADA' },
    { operation: 'update', person_id: 'per_01GRACE', department: 'Navy' },
  ]);
  expect((await carryOut(api, later, again)).map(({ status }) => status)).toEqual(['unchanged', 'updated']);
  expect(await peopleIn(api)).toMatchObject([{}, { department: 'Navy' }]);
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
