import { DAY_MS } from '../planner/plan-step.ts';

const MINUTE_MS = 60_000;
/** While something is due: so often, as long as it is no older than this. */
const PAUSES = [
  { pauseMs: MINUTE_MS, untilAgeMs: 5 * MINUTE_MS },
  { pauseMs: 5 * MINUTE_MS, untilAgeMs: 30 * MINUTE_MS },
  { pauseMs: 15 * MINUTE_MS, untilAgeMs: 3 * 60 * MINUTE_MS },
] as const;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;

/**
 * When a case is looked at again: soon after something of it is due, and less and less often while that takes its time; else when the
 * next of it is due, a day from now at most, as a case can be moved. Always later than now.
 */
export function nextLookAt(dueAtMs: number | undefined, sinceMs: number, nowMs: number): number {
  if (dueAtMs !== undefined && dueAtMs > nowMs) return Math.min(dueAtMs + MINUTE_MS, nowMs + DAY_MS);
  const ageMs = nowMs - Math.max(sinceMs, dueAtMs ?? 0);
  const { pauseMs = LONGEST_PAUSE_MS } = PAUSES.find(({ untilAgeMs }) => ageMs < untilAgeMs) ?? {};
  return nowMs + pauseMs;
}
