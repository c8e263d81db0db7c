// Writes or reads one file of people in a process of its own, and tells what that took: node tables-process.mjs write-csv FILE ROWS
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [task, file, rows] = process.argv.slice(2);
const platform = join(import.meta.dirname, '..', '..', 'dist', 'shared', 'platform');
const load = (path) => import(pathToFileURL(join(platform, path)).href);

const HEADERS = [
  'first_name',
  'last_name',
  'address',
  'external_id',
  'department',
  'groups',
  'ends_on',
  'quota_bytes',
];

async function* people() {
  for (let at = 0; at < Number(rows); at++)
    yield await Promise.resolve([
      `Éléonore ${at}`,
      `O’Neill-${at * 7}`,
      `eleonore.oneill.${at}@example.com`,
      `S${at * 13}`,
      ['Sales', 'Human resources', '=Research'][at % 3],
      `everybody;floor ${at % 40}`,
      { kind: 'date', date: `2027-0${1 + (at % 9)}-11` },
      5 * 1024 ** 3,
    ]);
}

const table = { headers: HEADERS, rows: people() };
const tasks = {
  'write-csv': async () =>
    pipeline((await load('exports/write-csv.js')).writeCsv(table), createWriteStream(file)),
  'write-xlsx': async () =>
    pipeline((await load('exports/write-xlsx.js')).writeXlsx(table, 'People'), createWriteStream(file)),
  read: async () => {
    const { openImportFile } = await load('imports/open-import-file.js');
    let count = 0;
    for await (const { values } of (await openImportFile(file)).rows())
      count += values.length / HEADERS.length;
    if (count !== Number(rows)) throw new Error(`${count} rows were read instead of ${rows}`);
  },
  refuse: async () => {
    const { openImportFile } = await load('imports/open-import-file.js');
    const rows = (await openImportFile(file)).rows();
    await rows.next();
    const fault = await rows.next().catch(({ code }) => code);
    if (fault !== 'IMPORT_RECORD_TOO_LARGE') throw new Error(`the file ended with ${JSON.stringify(fault)}`);
  },
};

const startedAt = performance.now();
await tasks[task]();
process.stdout.write(
  JSON.stringify({
    seconds: (performance.now() - startedAt) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
