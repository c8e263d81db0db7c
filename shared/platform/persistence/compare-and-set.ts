import { setTimeout as sleep } from 'node:timers/promises';

const MAX_ATTEMPTS = 200;
const LONGEST_PAUSE_MS = 40;

/** Tries until an attempt gives something; `undefined`: somebody else was first. */
export async function untilFirst<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  for (let count = 1; count <= MAX_ATTEMPTS; count += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
    await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** count));
  }
  throw new Error(`${what} kept changing`);
}
