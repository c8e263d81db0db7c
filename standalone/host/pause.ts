import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or less when `cut` is aborted. Never rejects. */
export async function pause(delayMs: number, cut: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal: cut });
  } catch (error) {
    if (!cut.aborted) throw error;
  }
}
