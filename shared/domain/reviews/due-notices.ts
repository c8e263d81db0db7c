import { DAY_MS } from '../planner/plan-step.ts';
import type { Review } from './review.ts';

interface DueNotice {
  /** `invite`, `remind:<days before>`, `escalate`. */
  readonly name: string;
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

/**
 * The next one to be sent at this instant, and which it stands for: of several reminders that are due at once, after a long night,
 * people get the last one, and after an invitation none.
 */
export function noticeDue(
  review: Noticed,
  nowMs: number,
): { readonly name: string; readonly atMs: number; readonly covers: readonly string[] } | undefined {
  const due = noticesAhead(review).filter(({ atMs }) => atMs <= nowMs);
  const reminders = due.filter(({ name }) => name.startsWith('remind:'));
  const invitation = due.find(({ name }) => name === 'invite');
  const notice = invitation ?? reminders.at(-1) ?? due[0];
  if (notice === undefined) return undefined;
  const others = notice.name === 'escalate' ? [] : reminders.map(({ name }) => name);
  return { ...notice, covers: [...new Set([notice.name, ...others])] };
}
