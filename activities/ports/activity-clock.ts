import { asyncLocalStorage } from '@temporalio/activity';
import type { Clock } from './clock.ts';

/**
 * The clock under time skipping: the instant at which the running attempt was scheduled, which is the workflow's time, plus
 * what has passed since on a monotonic clock. Outside an activity it stands at the latest instant it showed.
 */
export function createActivityClock(): Clock {
  const beganAt = new WeakMap<object, number>();
  let latestMs = 0;
  return {
    now() {
      const running = asyncLocalStorage.getStore();
      if (running === undefined) return latestMs;
      const began = beganAt.get(running) ?? performance.now();
      beganAt.set(running, began);
      const nowMs = running.info.currentAttemptScheduledTimestampMs + Math.round(performance.now() - began);
      latestMs = Math.max(latestMs, nowMs);
      return nowMs;
    },
  };
}
