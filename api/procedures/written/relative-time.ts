import type { LocalCalendar } from '../../../shared/domain/local-calendar.ts';
import { isPurgeGate, stepOf, type Plan, type PlannedStep } from '../../../shared/domain/plan.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import { descriptionOf, type CaseWords, type DayWords } from './words/case-words.ts';

/** `1 day`, `30 days`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** Several of what follows in one: `14 days, 3 days and 1 day before the end of the grace`. */
export function joinedWhens(all: readonly string[]): string {
  const whens = [...new Set(all)];
  const suffix = / before .*$/u.exec(whens[0] ?? '')?.[0] ?? '';
  if (!whens.every((when) => when.endsWith(suffix))) return listed(whens);
  return `${listed(whens.map((when) => when.slice(0, when.length - suffix.length)))}${suffix}`;
}

/** When a step of a sample case is due, as it holds for every case: counted from a day, from the gate, or from another step. */
export function whenOf(step: PlannedStep, plan: Plan, calendar: LocalCalendar, words: CaseWords): string {
  const { due } = step;
  if (due.kind === 'at') {
    const day = words.otherDayOf?.(step, plan) ?? { ...words, atMs: plan.leaveAtMs };
    return fromDay(due.atMs, day, calendar, plan.timeZone);
  }
  if (due.kind === 'asked') return 'when somebody says so';
  const base = stepOf(plan, due.stepKey);
  if (base === undefined || !isPurgeGate(base)) {
    const title = base === undefined ? due.stepKey : descriptionOf(base.kind, words).title;
    const days = due.offsetMs / DAY_MS;
    return days >= 1 ? `${counted(days, 'day')} after “${title}”` : `right after “${title}”`;
  }
  const before = (graceMsOf(plan) - due.offsetMs) / DAY_MS;
  return before === 0 ? 'at the end of the grace' : `${counted(before, 'day')} before the end of the grace`;
}

/** From the gate to the deletion. */
function graceMsOf({ steps }: Plan): number {
  const end = steps.find((step) => step.destructive)?.due;
  return end?.kind === 'after' ? end.offsetMs : 0;
}

function fromDay(
  atMs: number,
  { day: dayName, instant, atMs: dayAtMs }: DayWords & { readonly atMs: number },
  calendar: LocalCalendar,
  timeZone: string,
): string {
  const [theDay, day] = [dayAtMs, atMs].map((ms) => calendar.localOf(ms, timeZone));
  if (theDay === undefined || day === undefined) throw new Error('an instant has no local time');
  const days = Math.round((Date.parse(day.date) - Date.parse(theDay.date)) / DAY_MS);
  const atInstant = day.time === theDay.time;
  if (days > 0) return atInstant ? `day ${days}` : `day ${days}, ${day.time}`;
  if (days === 0) return atInstant ? `at the ${instant}` : `on the ${dayName}, ${day.time}`;
  return `${counted(-days, 'day')} before the ${dayName}, ${atInstant ? `at the ${instant}` : day.time}`;
}
