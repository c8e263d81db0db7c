import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { rowIdOf, type RowResult, type StagedRow } from '../../../shared/domain/imports/import-row.ts';
import { openImportFile } from '../../../shared/platform/imports/open-import-file.ts';
import { documentedFetch } from '../../support/documented.ts';
import { openStream } from '../../support/event-stream.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';
import { changed, importOf, staged, uploaded } from '../../support/uploaded-imports.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const HEADERS = 'first_name,last_name,password\n';
let made = 0;
const freshImport = (): Promise<string> => {
  made += 1;
  return uploaded(api, `${HEADERS}Ada,${String(made)},x\n`);
};
const row = (number: number, result?: RowResult, values = ['Ada', `=L${String(number)}`, '']): StagedRow => ({
  ...{ number, line: number + 1, values },
  ...(result === undefined ? {} : { result }),
});
const FAILED: RowResult = {
  status: 'failed',
  error: { code: 'ADDRESS_TWICE', field: 'address', detail: 'Row 3 has it.' },
};

async function file(method: 'GET' | 'POST', path: string, key = api.key) {
  const response = await documentedFetch(`${api.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { response, bytes };
}
const rowsIn = (bytes: Buffer): readonly Record<string, string>[] =>
  parse(bytes, { columns: true, bom: true, relax_column_count: true });

describe('the rows', () => {
  let id: string;
  const rows = (query = '', of = id): Promise<readonly Json[]> =>
    api.request('GET', `/v1/imports/${of}/rows${query}`).then(({ body }) => body['items'] as readonly Json[]);

  beforeAll(async () => {
    id = await freshImport();
    const results = Array.from({ length: 450 }, (_, index): StagedRow => {
      const number = index + 1;
      if (number > 440) return row(number);
      if (number % 100 === 0) return row(number, FAILED);
      const warnings = number === 1 ? [{ code: 'POSSIBLE_DUPLICATE' }] : [];
      const address = `p${String(number)}@harbour.example`;
      return row(number, { status: 'created', address, personId: 'per_x', warnings });
    });
    await staged(api, id, results, 'run');
  });

  test('are there with their line, their result, and a sentence of what is wrong', async () => {
    expect((await rows('?limit=1'))[0]).toEqual({
      ...{ row: 1, line: 2, rowId: rowIdOf(id, 1), status: 'created', personId: 'per_x' },
      address: 'p1@harbour.example',
      warnings: [{ code: 'POSSIBLE_DUPLICATE', sentence: expect.stringContaining('same person') }],
    });
    expect(await rows('?status=failed&limit=1')).toEqual([
      {
        ...{ row: 100, line: 101, rowId: rowIdOf(id, 100), status: 'failed', warnings: [] },
        error: {
          ...{ code: 'ADDRESS_TWICE', field: 'address', detail: 'Row 3 has it.' },
          sentence: 'The file names this address twice: a row before has it.',
        },
      },
    ]);
  });

  test('come in pages, across those they are stored in, and by status', async () => {
    const numbers: unknown[] = [];
    for (let query = '?limit=150'; query !== '';) {
      const { body } = await api.request('GET', `/v1/imports/${id}/rows${query}`);
      numbers.push(...(body['items'] as readonly Json[]).map((one) => one['row']));
      const next = body['next'] as string | undefined;
      query = next === undefined ? '' : `?limit=150&after=${next}`;
    }
    expect(numbers).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    const waiting = await rows('?status=failed,waiting&limit=200');
    expect(waiting.map((one) => one['row'])).toEqual([
      ...[100, 200, 300, 400],
      ...Array.from({ length: 10 }, (_, index) => 441 + index),
    ]);
  });

  test('are those with a warning, or those without', async () => {
    expect((await rows('?warned=true')).map((one) => one['row'])).toEqual([1]);
    expect((await rows('?warned=false&limit=1')).map((one) => one['row'])).toEqual([2]);
  });

  test('wait in a dry run that is worth nothing any more', async () => {
    const tried = await freshImport();
    await staged(api, tried, [{ ...row(1), dryRun: { status: 'created' } }], 'dry_run');
    expect((await rows('?mode=dry_run', tried)).map((one) => one['status'])).toEqual(['created']);
    await changed(api, tried, { state: 'mapped' });
    expect((await rows('', tried)).map((one) => one['status'])).toEqual(['waiting']);
  });

  test('are none before they were staged', async () => {
    expect(await rows('', await freshImport())).toEqual([]);
  });
});

describe('the error file', () => {
  test('has the failed rows as they came, to be mended and uploaded again', async () => {
    const id = await freshImport();
    await changed(api, id, { passwordColumn: 2 });
    const fine = row(1, { status: 'created' });
    const theirs = row(2, FAILED, ['Grace', '=HYPERLINK("x")', 'hunter2hunter2']);
    const surplus = row(3, { ...FAILED, error: { code: 'ROW_SURPLUS' } }, ['Ada', 'x', '', 'more']);
    await staged(api, id, [fine, theirs, surplus], 'run');
    await changed(api, id, { passwordColumn: 2 });
    const { response, bytes } = await file('GET', `/v1/imports/${id}/errors`);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="import-${id}-errors.csv"`,
    );
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString()).not.toContain('hunter2');
    const reason =
      'The file names this address twice: a row before has it. (ADDRESS_TWICE, address) Row 3 has it.';
    expect(rowsIn(bytes)[0]).toEqual({
      ...{ import_row: rowIdOf(id, 2), import_error: reason },
      ...{ first_name: 'Grace', last_name: `'=HYPERLINK("x")`, password: '' },
    });
    expect(bytes.toString().trimEnd().split('\r\n').at(-1)).toMatch(/,Ada,x,,more$/u);

    const path = join(api.archiveFolder, 'errors.csv');
    await writeFile(path, bytes);
    const again = await openImportFile(path);
    const values = [];
    for await (const record of again.rows()) values.push(record.values.slice(2));
    expect(values[0]).toEqual(['Grace', '=HYPERLINK("x")', '']);
    const mended = await uploaded(api, bytes);
    expect(await importOf(api, mended)).toMatchObject({
      ...{ state: 'mapped', headers: ['import_row', 'import_error', 'first_name', 'last_name', 'password'] },
    });
  });

  test('of a file that was one itself has each of its columns once, and keeps whose row it was', async () => {
    const id = await uploaded(api, 'import_row,import_error,first_name,last_name\nimp_1.7,x,Ada,Again\n');
    const values = ['imp_1.7', 'an old reason', 'Ada', 'Again'];
    await staged(api, id, [row(1, FAILED, values), row(2, FAILED, ['', '', 'Ada', 'New'])], 'run');
    const { bytes } = await file('GET', `/v1/imports/${id}/errors`);
    expect(bytes.toString()).toMatch(/^\ufeffimport_row,import_error,first_name,last_name\r\n/u);
    expect(rowsIn(bytes).map((one) => one['import_row'])).toEqual(['imp_1.7', rowIdOf(id, 2)]);
    expect(bytes.toString()).not.toContain('an old reason');
  });

  test('is of the dry run as long as there is no run', async () => {
    const id = await freshImport();
    await staged(api, id, [{ ...row(1), dryRun: FAILED }], 'dry_run');
    expect(rowsIn((await file('GET', `/v1/imports/${id}/errors`)).bytes)).toHaveLength(1);
    expect(rowsIn((await file('GET', `/v1/imports/${id}/errors?mode=run`)).bytes)).toEqual([]);
  });
});

describe('the setup links', () => {
  test('are for those who were made without a password and have not got in', async () => {
    const people: string[] = [];
    for (let count = 0; count < 6; count += 1) people.push(await createTestPerson(api));
    const [waiting, withPassword, entered, left, there, second] = people;
    const { repositories, orgId, directory } = api;
    await repositories.people.update(orgId, left!, (await repositories.people.get(orgId, left!))!.rev, {
      status: 'leaving',
    });
    const { address } = (await repositories.people.get(orgId, entered!))!;
    await api.request('PUT', `/v1/people/${entered!}/password`, { password: 'correct horse battery' });
    expect(await directory.signIn(orgId, address, 'correct horse battery')).toMatchObject({
      kind: 'signed_in',
    });
    const createdRow = (number: number, personId: string, more = {}): StagedRow =>
      row(number, { status: 'created', personId, ...more });
    const id = await freshImport();
    await staged(
      api,
      id,
      [
        createdRow(1, waiting!),
        createdRow(2, withPassword!, { hasPassword: true }),
        createdRow(3, entered!),
        createdRow(4, left!),
        row(5, { status: 'unchanged', personId: there! }),
        createdRow(6, second!),
        row(7, FAILED),
      ],
      'run',
    );
    const path = `/v1/imports/${id}/setup-links`;
    const { response, bytes } = await file('POST', path);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const links = rowsIn(bytes);
    expect(links.map((one) => [one['row'], one['line'], one['person_id'], one['error']])).toEqual([
      ['1', '2', waiting, ''],
      ['6', '7', second, ''],
    ]);
    const again = rowsIn((await file('POST', path)).bytes);
    const open = async (link: string | undefined): Promise<number> =>
      (await api.page('GET', new URL(link!).pathname)).status;
    expect(await open(links[0]!['setup_link'])).toBe(410);
    expect(await open(again[0]!['setup_link'])).toBe(200);
    const token = again[0]!['setup_link']!.split('/').at(-1)!;
    expect(api.logs.join('\n')).not.toContain(token);
  });

  test('need a run, and the right to give them', async () => {
    const id = await freshImport();
    const early = await api.request('POST', `/v1/imports/${id}/setup-links`);
    expect([early.status, early.body['code']]).toEqual([409, 'IMPORT_STATE']);
    const key = await api.keyWith(['people:read']);
    expect((await file('POST', `/v1/imports/${id}/setup-links`, key)).response.status).toBe(403);
  });
});

describe('its events', () => {
  const follow = (id: string, lastEventId?: string) =>
    openStream(`${api.url}/v1/imports/${id}/events`, {
      key: api.key,
      ...(lastEventId === undefined ? {} : { lastEventId }),
    });

  test('tell it as it is, whatever changes, and its end', async () => {
    const id = await freshImport();
    const stream = await follow(id);
    await stream.until((events) => events.length === 1);
    await changed(api, id, { state: 'dry_run' });
    await stream.until((events) => events.at(-1)?.data['state'] === 'dry_run');
    await staged(api, id, [{ ...row(1), dryRun: FAILED }], 'dry_run');
    await stream.ended();
    const events = stream.events();
    expect(events.at(0)).toMatchObject({ name: 'import', id: '0', data: { id, state: 'mapped' } });
    expect(events.at(-2)).toMatchObject({ name: 'import', data: { state: 'ready', dryRun: { rows: 1 } } });
    expect(events.at(-1)).toMatchObject({ name: 'end', data: { state: 'ready' } });
  });

  test('go on after the last one that came, and do not begin again when it is over', async () => {
    const id = await freshImport();
    await changed(api, id, { state: 'running' });
    const { rev } = await importOf(api, id);
    const cut = await follow(id, String(rev));
    await changed(api, id, { state: 'finished' });
    await cut.ended();
    expect(cut.events().map(({ name, id: at }) => [name, at])).toEqual([
      ['import', String(rev + 1)],
      ['end', `${String(rev + 1)}.end`],
    ]);
    expect((await follow(id, `${String(rev + 1)}.end`)).status).toBe(204);
    const invalid = await api.request('GET', `/v1/imports/${id}/events`, undefined, {
      headers: { 'Last-Event-ID': 'x' },
    });
    expect([invalid.status, invalid.body['code']]).toEqual([400, 'EVENT_ID_INVALID']);
  });
});
