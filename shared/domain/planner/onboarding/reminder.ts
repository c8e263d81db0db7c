import type { LocalCalendar } from '../../local-calendar.ts';
import { at, type StepDraft } from '../plan-step.ts';
import { nextKey, sentBefore } from '../sent-notices.ts';
import type { OnboardingPlanInput, OnboardingWarning } from './plan-input.ts';

interface Reminder {
  readonly drafts: readonly StepDraft[];
  readonly warnings: readonly OnboardingWarning[];
}

/** Tells the manager who comes, and when. Of somebody who is here already nobody needs to be reminded. */
export function reminderOf(
  { procedure, nowMs, timeZone, noticePossible, previous }: OnboardingPlanInput,
  start: { readonly startAtMs: number; readonly date: string },
  calendar: LocalCalendar,
): Reminder {
  if (!noticePossible) return { drafts: [], warnings: ['NO_MANAGER'] };
  const sent = sentBefore(previous, 'remindManager');
  const isLeftOut = procedure.leavesOut.includes('remindManager');
  if (isLeftOut || start.startAtMs <= nowMs) return { drafts: sent, warnings: [] };
  const date = calendar.addDays(start.date, -procedure.reminderDaysBefore);
  const wishedMs = calendar.instantOf(date, procedure.noticeTime, timeZone).atMs;
  const due = at(Math.max(wishedMs, nowMs));
  return {
    drafts: [...sent, { key: nextKey('remind-manager', sent), kind: 'remindManager', due }],
    warnings: wishedMs < nowMs ? ['REMINDER_AT_ONCE'] : [],
  };
}
