import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { ImportFileError } from '../../../shared/platform/imports/import-file-error.ts';
import { createFolder, encoded, readAll } from './kept-file.ts';

const keep = createFolder();
const WORKBOOK = readFileSync(join(packageRoot, 'test/fixtures/imports/openpyxl-people.xlsx'));
const TEXT = 'first_name;last_name\r\nJosé;"O""Neill"\r\n"Zoë\r\n";Müller\r\n';

/** Bytes that are others, and an end that comes early. */
const damage = fc.record({
  changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
  kept: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
});

test.each([
  ['a workbook', WORKBOOK],
  ['UTF-8', encoded(TEXT, 'utf-8', true)],
  ['UTF-16', encoded(TEXT, 'utf-16le', true)],
  ['Windows-1252', encoded(TEXT, 'windows-1252')],
])('however %s is damaged, it is read or refused by name', async (_, whole) => {
  const ends = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(damage, async ({ changes, kept }) => {
      const bytes = Buffer.from(whole).subarray(0, Math.ceil(whole.length * kept));
      for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      try {
        await readAll(keep(bytes));
        ends.read += 1;
      } catch (error) {
        if (!(error instanceof ImportFileError)) throw error;
        ends.refused += 1;
      }
    }),
    { numRuns: 600 },
  );
  expect(ends.read).toBeGreaterThan(10);
  expect(ends.refused).toBeGreaterThan(10);
});
