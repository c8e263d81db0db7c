// Imports 1,000, 10,000 and 100,000 rows into whole installations, from the upload to the last person, dry run included, and beside each
// in the same run: (a) the file parsed and written with insertMany, (b) one create() per row. What counts are the ratios. While
// 100,000 rows go in, somebody reads pages of people. Exits with 1 when a bound is missed. `--quick`: without 100,000 rows.
import { setTimeout as sleep } from 'node:timers/promises';
import { startInstallation } from './installation.mjs';
import { allHeld, hold } from './bounds.mjs';
import { keepReading, p99 } from './readers.mjs';
import { csvOf } from './import/people.mjs';
import { createEach, insertAll } from './import/references.mjs';

const isQuick = process.argv.includes('--quick');
const SIZES = isQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000];
const [FEW, MANY] = isQuick ? [1_000, 10_000] : [10_000, 100_000];
const LOOK_EVERY_MS = 1_000;

async function until(installation, id, states) {
  for (;;) {
    const seen = await installation.ask('GET', `/v1/imports/${id}`);
    if (states.includes(seen.state)) return seen;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Seconds, and what it took of the machine. */
async function importAll(rows) {
  const installation = await startInstallation();
  try {
    const idle = keepReading(installation);
    await sleep(rows === MANY ? 30_000 : 3_000);
    const idleSamples = await idle();
    const file = csvOf(rows);
    const reading = keepReading(installation);
    const startedAt = performance.now();
    const { id } = await installation.ask('POST', '/v1/imports', file, 'text/csv');
    const uploadedAt = performance.now();
    await installation.ask('POST', `/v1/imports/${id}/dry-run`, '{}');
    const dry = await until(installation, id, ['ready', 'stopped']);
    const readyAt = performance.now();
    if (dry.state === 'stopped') throw new Error(`the dry run stopped: ${JSON.stringify(dry.stopped)}`);
    await installation.ask('POST', `/v1/imports/${id}/launch`, '{}');
    const end = await until(installation, id, ['finished', 'stopped']);
    const endedAt = performance.now();
    if (end.run.counts.created !== rows) throw new Error(`the import ended with ${JSON.stringify(end.run)}`);
    const seconds = (from, to) => (to - from) / 1000;
    return {
      seconds: seconds(startedAt, endedAt),
      parts: [seconds(startedAt, uploadedAt), seconds(uploadedAt, readyAt), seconds(readyAt, endedAt)],
      peaks: installation.peaks(),
      events: await installation.historyEvents('peopleImport', id),
      idle: p99(idleSamples),
      busy: p99(await reading()),
    };
  } finally {
    await installation.stop();
  }
}

const taken = new Map();
for (const rows of SIZES) {
  const inserted = await insertAll(rows);
  const imported = await importAll(rows);
  const created = await createEach(rows);
  taken.set(rows, imported);
  const parts = ['upload', 'dry run', 'run']
    .map((name, at) => `${name} ${imported.parts[at].toFixed(1)}`)
    .join(', ');
  console.log(
    `${rows} rows: import ${imported.seconds.toFixed(1)} s (${parts}), insertMany ${inserted.toFixed(1)} s, create ${created.toFixed(1)} s`,
  );
  hold(`${rows} rows: speed against insertMany`, '', inserted / imported.seconds, { atLeast: 0.35 });
  if (rows === MANY)
    hold(`${rows} rows: speed against create()`, '', created / imported.seconds, { atLeast: 10 });
}
const [few, many] = [taken.get(FEW), taken.get(MANY)];
hold(`time of ${MANY} rows against ${FEW}`, '', many.seconds / few.seconds, { atMost: 11 });
for (const name of Object.keys(many.peaks)) {
  hold(`peak memory of the ${name}`, 'MB', many.peaks[name], { atMost: 250 });
  hold(`memory of the ${name}, ${MANY} rows against ${FEW}`, '', many.peaks[name] / few.peaks[name], {
    atMost: 1.25,
  });
}
hold('p99 of a page of people meanwhile', 'ms', many.busy, { atMost: 100 });
hold('p99 of a page of people meanwhile against idle', '', many.busy / many.idle, { atMost: 3 });
hold('history events per 100,000 rows', '', (many.events * 100_000) / MANY, { atMost: 1_000 });
process.exitCode = allHeld() ? 0 : 1;
