import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { PERSON_COLUMNS } from '../../../shared/platform/exports/person-columns.ts';
import { openImportFile } from '../../../shared/platform/imports/open-import-file.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let ada: string;
beforeAll(async () => {
  api = await startTestApi();
  ada = await createTestPerson(api, {
    ...{ firstName: 'Ada', lastName: '=HYPERLINK("http://evil.example")', address: 'ada@harbour.example' },
    ...{ aliases: ['countess@harbour.example', 'a.l@harbour.example'], externalId: '-17' },
    ...{ groups: ['sales; north', 'crm'], department: 'Sales, "north"', endsOn: '2027-03-31' },
  });
  for (let index = 0; index < 12; index += 1)
    await createTestPerson(api, { firstName: `Grace${String(index)}`, department: 'Navy' });
});
afterAll(() => api.close());

async function download(query: string, key = api.key) {
  const response = await fetch(`${api.url}/v1/people/export${query}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}
const rowsOf = (bytes: Buffer, delimiter = ','): readonly Record<string, string>[] =>
  parse(bytes, { columns: true, delimiter, bom: true });

test('is everybody, in a file with a name, and no text is a formula', async () => {
  const { response, bytes } = await download('');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="people-2027-01-11.csv"');
  const rows = rowsOf(bytes);
  expect(rows).toHaveLength(13);
  expect(Object.keys(rows[0]!)).toEqual(PERSON_COLUMNS);
  expect(rows[0]).toMatchObject({
    ...{ person_id: ada, first_name: 'Ada', last_name: `'=HYPERLINK("http://evil.example")` },
    ...{ external_id: "'-17", aliases: 'countess@harbour.example; a.l@harbour.example' },
    ...{ groups: 'sales\\; north; crm', department: 'Sales, "north"', ends_on: '2027-03-31' },
    ...{ status: 'active', protected: 'false', targets: 'directory', quota_bytes: '5368709120' },
  });
  expect(bytes.toString()).not.toContain('password');
});

test('has the columns, the people and the order that were asked for', async () => {
  const query =
    '?columns=last_name,first_name&department=Navy&sort=name&direction=desc&delimiter=semicolon&bom=true';
  const { bytes } = await download(query);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const rows = rowsOf(bytes, ';');
  expect(rows.map((row) => Object.keys(row))).toEqual(
    Array.from({ length: 12 }, () => ['last_name', 'first_name']),
  );
  const names = rows.map(({ first_name: name }) => name);
  expect(names).toEqual(names.toSorted().toReversed());
});

test('is the same people as a workbook, with a date that is one', async () => {
  const { response, bytes } = await download('?format=xlsx&columns=first_name,last_name,ends_on,created_at');
  expect(response.headers.get('content-disposition')).toContain('.xlsx"');
  const file = join(api.archiveFolder, 'people.xlsx');
  await writeFile(file, bytes);
  const workbook = await openImportFile(file);
  const rows = [];
  for await (const { values } of workbook.rows()) rows.push(values.slice(0, 3));
  expect(rows).toHaveLength(13);
  expect(rows[0]).toEqual(['Ada', '=HYPERLINK("http://evil.example")', '2027-03-31']);
});

test('leaves nobody out where there are more than one page of them', async () => {
  const { orgId, repositories } = api;
  const { endsOn: _ended, ...withoutEnd } = (await repositories.people.get(orgId, ada))!;
  const many = Array.from({ length: 1_100 }, (_, index) => ({
    ...withoutEnd,
    id: `per_x${String(index).padStart(6, '0')}`,
    address: `x${String(index)}@harbour.example`,
  }));
  await Promise.all(many.map((person) => repositories.people.insert(person)));
  for (const sort of ['created', 'name', 'address', 'status']) {
    const ids = rowsOf((await download(`?columns=person_id&sort=${sort}`)).bytes).map(
      (row) => row['person_id'],
    );
    expect(new Set(ids).size).toBe(1_113);
    expect(ids).toHaveLength(1_113);
  }
});

test('is refused in words', async () => {
  for (const [query, code, field] of [
    ['?columns=first_name,password', 'INVALID_REQUEST', 'columns'],
    ['?format=pdf', 'INVALID_REQUEST', 'format'],
    ['?limit=10', 'UNKNOWN_FIELD', 'limit'],
    ['?hasOpenCase=true&sort=name', 'INVALID_REQUEST', 'sort'],
  ] as const) {
    const { status, body } = await api.request('GET', `/v1/people/export${query}`);
    expect([query, status, body['code'], body['field']]).toEqual([query, 400, code, field]);
  }
  const reader = await api.keyWith(['departures:read']);
  expect((await download('', reader)).response.status).toBe(403);
});

test('is in the audit: who took it and of whom, without the name that was searched for', async () => {
  await download('?q=grace&columns=address');
  const { connection } = api.repositories.database;
  const entries = await connection
    .collection('audit')
    .find({ orgId: api.orgId, action: 'people.exported' })
    .toArray();
  const texts = entries.map((entry) => JSON.stringify(entry));
  expect(texts.filter((text) => text.includes('"searched":true'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('"columns":["address"]'))).toHaveLength(1);
  expect(texts.join()).not.toContain('grace');
});

test('is written every day where the organisation says when', async () => {
  const patch = (peopleExport: Json | null) => api.request('PATCH', '/v1/organisation', { peopleExport });
  const { status, body } = await patch({ time: '05:30' });
  expect([status, body['peopleExport']]).toEqual([200, { time: '05:30', format: 'csv', keepDays: 30 }]);
  expect((await patch({ time: '25:00' })).body).toMatchObject({
    ...{ code: 'TIME_INVALID', field: '/peopleExport/time' },
  });
  expect((await patch(null)).body).not.toHaveProperty('peopleExport');
});
