import type { DataFolder } from '../host/data-folder.ts';
import type { FamilyMetrics } from './family-metrics.ts';

/** All in milliseconds. */
export interface Patience {
  readonly firstBackOffMs: number;
  readonly longestBackOffMs: number;
  /** A child that served this long starts with the first back-off again. */
  readonly stableAfterMs: number;
  readonly readyWithinMs: number;
  /** Longer than a child allows itself (shared/platform/child-process.ts). */
  readonly stopsWithinMs: number;
}

export const USUAL_PATIENCE: Patience = {
  firstBackOffMs: 500,
  longestBackOffMs: 30_000,
  stableAfterMs: 60_000,
  readyWithinMs: 60_000,
  stopsWithinMs: 20_000,
};

export interface SupervisorOptions {
  readonly folder: DataFolder;
  readonly print: (line: string) => void;
  /** Once aborted, nothing is started or restarted any more; `stop` then ends each child in turn. */
  readonly stopping: AbortSignal;
  readonly patience: Patience;
  readonly metrics: FamilyMetrics;
}

/** Doubles with each failure in a row, the first being 1. */
export function backOffMs(failures: number, patience: Patience): number {
  return Math.min(patience.longestBackOffMs, patience.firstBackOffMs * 2 ** (failures - 1));
}
