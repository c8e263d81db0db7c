// Somebody who reads pages of people while something else goes on.
import { setTimeout as sleep } from 'node:timers/promises';

const MOST_READS = 400;
const READ_EVERY_MS = 300;

export const p99 = (samples) => samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.99)];

/** Reads until it is told to stop; milliseconds. */
export function keepReading(installation) {
  const samples = [];
  let isOver = false;
  const over = (async () => {
    while (!isOver && samples.length < MOST_READS) {
      const startedAt = performance.now();
      await installation.ask('GET', '/v1/people?limit=50');
      samples.push(performance.now() - startedAt);
      await sleep(READ_EVERY_MS);
    }
  })();
  return async () => {
    isOver = true;
    await over;
    return samples;
  };
}
