import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openImportFile } from '../../../shared/platform/imports/open-import-file.ts';
import { openPackage } from '../../../shared/platform/imports/xlsx/open-package.ts';
import { createFolder, faultOf, readAll } from './kept-file.ts';
import { textRow, workbookOf } from './made-workbook.ts';

const keep = createFolder();
const ROWS = 20_000;
const sheet = (rows: number): string =>
  Array.from({ length: rows }, (_, at) => textRow(at + 1, 'a', 'b')).join('');

/** Files that this process has open. */
const openFiles = (): number => readdirSync('/proc/self/fd').length;

test.each([
  ['a text', () => 'a,b\n'.repeat(ROWS), () => 'a,b\n"a,b\n'],
  ['a workbook', () => workbookOf(sheet(ROWS)), () => workbookOf(`${sheet(ROWS)}<row>`)],
])('%s is closed, whether it was read, left or refused', async (_, good, bad) => {
  const [path, refused] = [keep(await good()), keep(await bad())];
  const before = openFiles();
  for (let round = 0; round < 5; round += 1) {
    await readAll(path);
    const file = await openImportFile(path);
    for await (const { line } of file.rows()) if (line === 9) break;
    await faultOf(refused);
  }
  for (let wait = 0; wait < 50 && openFiles() > before; wait += 1) await sleep(20);
  expect(openFiles()).toBeLessThanOrEqual(before);
});

test('what is wrong with the disk is not said of the file', async () => {
  const missing = `${keep('')}-not-there`;
  await expect(openImportFile(missing)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(openPackage(missing)).rejects.toMatchObject({ code: 'ENOENT' });
});
