import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PassRef } from '../../../shared/contract/import-engine.ts';
import type { RowResult } from '../../../shared/domain/imports/import-row.ts';
import { cli } from '../../support/fake-terminal.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';
import { changed, filesOf, importOf, staged } from '../../support/uploaded-imports.ts';

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startTestApi();
  folder = mkdtempSync(join(tmpdir(), 'gangway-import-cli-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api.close();
});

const bring = (...args: readonly string[]) =>
  cli(['--url', api.url, 'import', ...args], { GANGWAY_API_KEY: api.key });

const FAILED: RowResult = { status: 'failed', error: { code: 'ADDRESS_TWICE', field: 'address' } };

/** Does with an import of two rows what the engine does: the second one fails. */
async function carryOut({ importId, mode }: PassRef): Promise<'told'> {
  const values = [
    ['Ada', 'Lovelace'],
    ['Grace', '=Hopper'],
  ];
  const made: RowResult = { status: 'created', personId: 'per_x' };
  if (mode === 'dry_run') {
    const rows = [made, FAILED].map((dryRun, at) => ({
      number: at + 1,
      line: at + 2,
      values: values[at]!,
      dryRun,
    }));
    await staged(api, importId, rows, mode);
    return 'told';
  }
  const { dryRun } = await importOf(api, importId);
  const page = (await api.repositories.imports.getPage(api.orgId, importId, 1))!;
  const rows = page.rows.map((row) => ({ ...row, result: row.dryRun! }));
  await api.repositories.imports.updatePage(page, { rows });
  await changed(api, importId, { state: 'finished', run: dryRun! });
  return 'told';
}

test('a file goes through the API, and what failed comes back as a file that can be sent again', async () => {
  Object.assign(api.imports, { tell: carryOut });
  const file = join(folder, 'people.csv');
  writeFileSync(file, 'first_name,last_name\nAda,Lovelace\nGrace,=Hopper\n');
  const { code, out, err } = await bring(file, '--yes', '--rate', '50/24h');
  expect([code, out]).toEqual([1, expect.stringContaining('2 rows: 1 created, 1 failed.')]);
  expect(err).toContain('line 3, address: The file names this address twice');
  const errors = readFileSync(`${file}.errors.csv`, 'utf8');
  expect(errors).toMatch(/^\ufeffimport_row,import_error,first_name,last_name\r\nimp_\w+\.2,/u);
  expect(errors).toContain(`Grace,'=Hopper\r\n`);
});

test('a file that is too large is told so, though it is still on its way', async () => {
  const before = await filesOf(api);
  const file = join(folder, 'large.csv');
  writeFileSync(file, Buffer.alloc(60 * 1024 * 1024, 'a'));
  const { code, err } = await bring(file, '--yes');
  expect([code, err]).toEqual([4, expect.stringContaining('(IMPORT_TOO_LARGE)')]);
  expect(await filesOf(api)).toEqual(before);
});
