import type { ImportPass, PeopleImport } from './people-import.ts';
import type { TokenLimit } from './token-bucket.ts';

/** How far an import came. */
export interface ImportProgress {
  readonly rows: number;
  readonly ofRows: number;
  /** While rows are done: of late. Afterwards: of all of it. Absent where nothing was measured yet. */
  readonly rowsPerMinute?: number;
  /** While it goes on. Nobody knows it of one that is paused. */
  readonly secondsLeft?: number;
}

type Going = Pick<PeopleImport, 'state' | 'file' | 'dryRun' | 'run' | 'paused' | 'rate' | 'waiting'>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A dry run counts until something is changed of what it showed. */
export function dryRunOf({ state, dryRun }: Pick<PeopleImport, 'state' | 'dryRun'>): ImportPass | undefined {
  return state === 'uploaded' || state === 'mapped' ? undefined : dryRun;
}

/** Of the pass that is under way, or was the last one. */
export function progressOf(theImport: Going, nowMs: number): ImportProgress | undefined {
  const pass = theImport.run ?? dryRunOf(theImport);
  if (pass === undefined) return undefined;
  const { rows } = pass;
  const ofRows = theImport.file.rows;
  const perMs = rowsPerMs(pass);
  const leftMs = isGoing(theImport, pass) ? timeLeftMs(theImport, pass, perMs, nowMs) : undefined;
  return {
    ...{ rows, ofRows },
    ...(perMs === undefined ? {} : { rowsPerMinute: Math.round(perMs * MINUTE_MS * 10) / 10 }),
    ...(leftMs === undefined ? {} : { secondsLeft: Math.ceil(leftMs / 1_000) }),
  };
}

function isGoing({ state, paused }: Going, { endedAtMs }: ImportPass): boolean {
  return (state === 'running' || state === 'dry_run') && paused === undefined && endedAtMs === undefined;
}

function rowsPerMs({ startedAtMs, endedAtMs, rows, pace }: ImportPass): number | undefined {
  const start = { atMs: startedAtMs, rows: 0 };
  const [from, to] =
    endedAtMs === undefined
      ? [pace.length > 1 ? pace[0] : start, pace.at(-1)]
      : [start, { atMs: endedAtMs, rows }];
  if (from === undefined || to === undefined || to.atMs <= from.atMs || to.rows <= from.rows)
    return undefined;
  return (to.rows - from.rows) / (to.atMs - from.atMs);
}

/** What it takes by the pace of late, or by what its rate, or a quota, lets through: the longer one. */
function timeLeftMs(theImport: Going, pass: ImportPass, perMs: number | undefined, nowMs: number) {
  const { file, waiting } = theImport;
  const left = file.rows - pass.rows;
  if (left <= 0) return 0;
  const waitMs = Math.max((waiting?.untilMs ?? nowMs) - nowMs, 0);
  // What is waited for is let through at once, and then the same every so long.
  const byPaceMs = perMs === undefined ? [] : [Math.max(left / perMs - (waiting?.limit.periodMs ?? 0), 0)];
  const byLimitMs = limitsOf(theImport).map(({ most, periodMs }) => (Math.ceil(left / most) - 1) * periodMs);
  const known = [...byPaceMs, ...byLimitMs];
  return known.length === 0 ? undefined : waitMs + Math.max(...known);
}

/** A dry run takes nothing of them. */
function limitsOf({ run, rate, waiting }: Going): readonly TokenLimit[] {
  if (run === undefined) return [];
  return [
    ...(rate === undefined ? [] : [{ most: rate.rows, periodMs: rate.perHours * HOUR_MS }]),
    ...(waiting?.for === 'quota' ? [waiting.limit] : []),
  ];
}
