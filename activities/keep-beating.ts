import type { Ports } from './steps/step-definition.ts';

const EVERY_MS = 5_000;

/**
 * Shows that the process lives while it is at work, so that another one takes over soon after it died. Whoever is told to stop by a
 * heartbeat is told at the next one of the work itself.
 */
export async function keepBeating<T>(ports: Pick<Ports, 'heartbeat'>, work: () => Promise<T>): Promise<T> {
  const beating = setInterval(() => {
    try {
      ports.heartbeat({});
    } catch {
      clearInterval(beating);
    }
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
