import type { Clock } from './clock.ts';

/** The wall clock: case time in production. */
export const systemClock: Clock = { now: () => Date.now() };
