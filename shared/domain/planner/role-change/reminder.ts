import type { LocalCalendar } from '../../local-calendar.ts';
import { at, type StepDraft } from '../plan-step.ts';
import type { RoleChangePlanInput } from './plan-input.ts';
import { nextKey, sentBefore } from '../sent-notices.ts';
import type { RoleChangeMoments } from './steps.ts';

/**
 * Tells the manager in time that the old rights end. Within a short overlap nobody is told twice: the end was named when the
 * role changed. An end that was moved has a reminder of its own, at once where its day is over.
 */
export function reminderOf(
  {
    procedure,
    nowMs,
    timeZone,
    previous,
    overlapDays,
  }: Pick<RoleChangePlanInput, 'procedure' | 'nowMs' | 'timeZone' | 'previous' | 'overlapDays'>,
  { endsAtMs, lastDay }: RoleChangeMoments,
  calendar: LocalCalendar,
): readonly StepDraft[] {
  const sent = sentBefore(previous, 'remindOldRights');
  const date = calendar.addDays(lastDay, -procedure.reminderDaysBefore);
  const wishedMs = calendar.instantOf(date, procedure.noticeTime, timeZone).atMs;
  if (overlapDays <= procedure.reminderDaysBefore || endsAtMs <= nowMs) return sent;
  const due = at(Math.max(wishedMs, nowMs));
  return [...sent, { key: nextKey('remind-old-rights', sent), kind: 'remindOldRights', due }];
}
