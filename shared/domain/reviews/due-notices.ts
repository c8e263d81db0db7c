import { DAY_MS } from '../planner/plan-step.ts';
import type { Review } from './review.ts';

/** `invite`, `remind:<days before>`, `escalate`. */
export type NoticeName = string;

interface DueNotice {
  readonly name: NoticeName;
  readonly atMs: number;
}

type Noticed = Pick<Review, 'terms' | 'openedAtMs' | 'closesAtMs' | 'sent'>;

/** What is to be sent while a review is open, and has not been: the first in front. */
export function noticesAhead({ terms, openedAtMs, closesAtMs, sent }: Noticed): readonly DueNotice[] {
  if (openedAtMs === undefined || closesAtMs === undefined) return [];
  const before = (days: number): number => closesAtMs - days * DAY_MS;
  const all: readonly DueNotice[] = [
    { name: 'invite', atMs: openedAtMs },
    ...terms.remindDaysBefore.map((days) => ({ name: `remind:${days}`, atMs: before(days) })),
    { name: 'escalate', atMs: before(terms.escalateDaysBefore) },
  ];
  return all
    .filter(({ name, atMs }) => !sent.includes(name) && atMs >= openedAtMs && atMs < closesAtMs)
    .toSorted((a, b) => a.atMs - b.atMs);
}
