// Writes and reads files of 10,000 and of 100,000 people, CSV and Excel, in turn, each in a process of its own. What counts is the
// ratio: ten times the rows take no more memory, and not more than their share of time. The young generation of the heap is kept
// small, or it would be measured how much garbage a process lets lie that is at work for longer. Exits with 1 when a bound is missed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FEW = 10_000;
const MANY = 100_000;
const ROUNDS = 3;
const MOST_MEMORY = 1.25;
const MOST_TIME = 11;
const MOST_MEGABYTES = 250;

const ENDLESS = 'refuse 45 MB of one record';
/** Refusing it takes two chunks; holding it would take ten times as much. */
const MOST_MEMORY_OF_ONE = 1.5;

const folder = mkdtempSync(join(tmpdir(), 'gangway-tables-'));
const taken = new Map();

function run(name, task, file, rows) {
  const args = [
    '--max-semi-space-size=1',
    join(import.meta.dirname, 'tables-process.mjs'),
    task,
    file,
    String(rows),
  ];
  const { seconds, peakMegabytes } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const key = `${name} ${rows}`;
  taken.set(key, [...(taken.get(key) ?? []), { seconds, peakMegabytes }]);
}

function middle(name, rows, unit) {
  const sorted = taken
    .get(`${name} ${rows}`)
    .map((one) => one[unit])
    .sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

let missed = 0;
function hold(name, what, value, most) {
  const met = value <= most;
  if (!met) missed += 1;
  console.log(
    `${met ? 'ok    ' : 'MISSED'} ${`${name}: ${what}`.padEnd(50)} <= ${String(most).padEnd(6)} ${value.toFixed(2).padStart(8)}`,
  );
}

try {
  const endless = join(folder, 'endless');
  writeFileSync(endless, Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.alloc(45 * 1024 * 1024, ',')]));
  for (let round = 0; round < ROUNDS; round++) {
    run(ENDLESS, 'refuse', endless, 1);
    for (const kind of ['csv', 'xlsx'])
      for (const rows of [FEW, MANY]) {
        const file = join(folder, `${kind}-${rows}`);
        run(`write ${kind}`, `write-${kind}`, file, rows);
        run(`read ${kind}`, 'read', file, rows);
      }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const name of ['write csv', 'read csv', 'write xlsx', 'read xlsx']) {
  const ratio = (unit) => middle(name, MANY, unit) / middle(name, FEW, unit);
  hold(name, 'memory at 100,000 rows, MB', middle(name, MANY, 'peakMegabytes'), MOST_MEGABYTES);
  hold(name, 'memory(100,000) / memory(10,000)', ratio('peakMegabytes'), MOST_MEMORY);
  hold(name, 'time(100,000) / time(10,000)', ratio('seconds'), MOST_TIME);
}
hold(
  ENDLESS,
  'memory / 10,000 rows',
  middle(ENDLESS, 1, 'peakMegabytes') / middle('read csv', FEW, 'peakMegabytes'),
  MOST_MEMORY_OF_ONE,
);
process.exitCode = missed === 0 ? 0 : 1;
