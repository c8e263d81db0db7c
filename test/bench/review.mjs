// Reviews 10,000 and 100,000 accounts in whole installations: every rule, one account in ten with something to find. What counts is the
// time until everybody is looked at and people can decide, and what it costs those who work meanwhile. Exits with 1 when a bound is
// missed. `--quick`: 1,000 and 10,000.
import { setTimeout as sleep } from 'node:timers/promises';
import { allHeld, hold } from './bounds.mjs';
import { startInstallation } from './installation.mjs';
import { keepReading, p99 } from './readers.mjs';
import { fillWithPeople } from './review/fill-with-people.mjs';

const [FEW, MANY] = process.argv.includes('--quick') ? [1_000, 10_000] : [10_000, 100_000];
const LOOK_EVERY_MS = 1_000;

async function reviewAll(accounts) {
  const installation = await startInstallation();
  try {
    await fillWithPeople(installation, accounts);
    // The database has flushed and tidied what it was given.
    await sleep(5_000);
    const idle = keepReading(installation);
    await sleep(20_000);
    const idleSamples = await idle();
    const definition = await installation.ask(
      'POST',
      '/v1/reviews/definitions',
      JSON.stringify({ name: 'Quarterly', jitterMinutes: 0 }),
    );
    const reading = keepReading(installation);
    installation.forgetPeaks();
    const startedAt = performance.now();
    await installation.ask('POST', `/v1/reviews/definitions/${definition.id}/trigger`, '{}');
    let review;
    do {
      await sleep(LOOK_EVERY_MS);
      review = (await installation.ask('GET', '/v1/reviews')).items[0];
    } while (review === undefined || review.state === 'collecting');
    const seconds = (performance.now() - startedAt) / 1000;
    const busySamples = await reading();
    const found = Object.values(review.found).reduce((sum, count) => sum + count, 0);
    if (review.reviewed.people < accounts)
      throw new Error(`not everybody: ${JSON.stringify(review.reviewed)}`);
    return {
      ...{ seconds, found, peaks: installation.peaks() },
      events: await installation.historyEvents('review', definition.id),
      ...{ idle: p99(idleSamples), busy: p99(busySamples) },
    };
  } finally {
    await installation.stop();
  }
}

const taken = new Map();
for (const accounts of [FEW, MANY]) {
  const one = await reviewAll(accounts);
  taken.set(accounts, one);
  console.log(
    `${accounts} accounts: ${one.seconds.toFixed(1)} s, ${one.found} findings, p99 of a page ${one.idle.toFixed(0)} ms idle and ${one.busy.toFixed(0)} ms meanwhile; most memory ${JSON.stringify(Object.fromEntries(Object.entries(one.peaks).map(([name, mb]) => [name, Math.round(mb)])))} MB`,
  );
}
const [few, many] = [taken.get(FEW), taken.get(MANY)];
hold(`time of ${MANY} accounts`, 's', many.seconds, { atMost: 60 });
hold('history events', '', many.events, { atMost: 500 });
hold('p99 of a page of people meanwhile against idle', '', many.busy / many.idle, { atMost: 3 });
for (const name of Object.keys(many.peaks))
  hold(`memory of the ${name}, ${MANY} accounts against ${FEW}`, '', many.peaks[name] / few.peaks[name], {
    atMost: 1.25,
  });
process.exitCode = allHeld() ? 0 : 1;
