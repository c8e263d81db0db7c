import type { Organisation } from './organisation.ts';

/** The blast-radius guard counts within this. */
export const GUARD_WINDOW_MS = 24 * 60 * 60 * 1000;
/** A proposal to raise the limit that nobody confirms is forgotten after this. */
export const GUARD_PROPOSAL_MS = 24 * 60 * 60 * 1000;

export type GuardLimits = Organisation['guardLimits'];

/** How many accounts procedures may take away within the window: a share of the people, between a floor and a ceiling. */
export function guardLimit({ floor, sharePercent, ceiling }: GuardLimits, people: number): number {
  return Math.min(ceiling, Math.max(floor, Math.floor((people * sharePercent) / 100)));
}

/** Whether any of the numbers lets more through than before. */
export function raises(before: GuardLimits, after: GuardLimits): boolean {
  return (
    after.floor > before.floor || after.sharePercent > before.sharePercent || after.ceiling > before.ceiling
  );
}
