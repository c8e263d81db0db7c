import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

export interface Alarm {
  /** Rings at this instant, and only then; `undefined` turns it off. Set to the instant it has already, it does nothing. */
  setTo(atMs: number | undefined, summary: string): void;
}

/** One timer that is armed anew only when its instant changed: each re-arming costs events in the history. */
export function createAlarm(ring: () => void): Alarm {
  let armedAtMs: number | undefined;
  let scope: CancellationScope | undefined;

  async function waitUntil(atMs: number, summary: string): Promise<void> {
    try {
      await sleep(Math.max(atMs - Date.now(), 1), { summary });
    } catch (error) {
      if (isCancellation(error)) return;
      throw error;
    }
    if (armedAtMs !== atMs) return;
    armedAtMs = undefined;
    ring();
  }

  return {
    setTo(atMs, summary) {
      if (atMs === armedAtMs) return;
      scope?.cancel();
      armedAtMs = atMs;
      scope = undefined;
      if (atMs === undefined) return;
      const armed = new CancellationScope();
      scope = armed;
      void armed.run(() => waitUntil(atMs, summary));
    },
  };
}
