import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

export interface Alarm {
  /** Rings at this instant, or up to `earlyMs` before it; `undefined` turns it off. */
  setTo(atMs: number | undefined, summary: string): void;
}

/** One timer that is armed anew only when its instant changed by more than `earlyMs`: each re-arming costs two events. */
export function createAlarm(ring: () => void, earlyMs: number): Alarm {
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
      const near = atMs !== undefined && armedAtMs !== undefined && atMs - armedAtMs;
      if (atMs === armedAtMs || (near !== false && near > 0 && near <= earlyMs)) return;
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
