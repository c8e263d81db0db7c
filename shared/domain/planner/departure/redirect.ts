import { at, type StepDraft } from '../plan-step.ts';
import { autoReplyKeyOn } from './auto-reply.ts';
import { keyOn, paramsOn, type DepartureDays, type PlannedTarget } from './departure-days.ts';
import { firstProofOn } from './lockout.ts';
import { questionKey } from './questions.ts';

export const REDIRECT_GATE_KEY = 'redirect-gate';

export function keptRedirectKeyOn(target: PlannedTarget): string {
  return keyOn(target, 'keep-redirect');
}

/** The approval a redirect to the outside needs is asked for when the manager is told, so that day 0 need not wait for it. */
export function redirectGate({
  redirect,
  dayAfter,
  procedure,
  leaveAtMs,
  nowMs,
}: DepartureDays): readonly StepDraft[] {
  if (redirect?.outside !== true) return [];
  const askedAtMs = Math.max(nowMs, dayAfter(-procedure.noticeDaysBefore));
  return [{ key: REDIRECT_GATE_KEY, kind: 'openRedirectGate', due: at(Math.min(askedAtMs, leaveAtMs)) }];
}

/** A redirect that outlives the account ends with the deletion; what ends after it is the address's own. */
export function redirect(days: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  const { redirect: wanted, leaveAtMs, dayAfter } = days;
  if (wanted === undefined) return [];
  const untilMs = dayAfter(wanted.days);
  const start = keyOn(target, 'start-redirect');
  const end: StepDraft = {
    key: keyOn(target, 'end-redirect'),
    kind: 'endRedirect',
    due: at(untilMs),
    dependsOn: [start],
    params: paramsOn(target),
  };
  return [
    {
      key: start,
      kind: 'startRedirect',
      due: at(leaveAtMs),
      dependsOn: [
        ...(wanted.outside ? [REDIRECT_GATE_KEY] : []),
        ...(days.asks.includes('redirect') ? [questionKey('redirect')] : []),
      ],
      follows: days.autoReplyDays === undefined ? [firstProofOn(target)] : [autoReplyKeyOn(target)],
      params: { ...paramsOn(target), untilMs },
    },
    ...(wanted.outlivesAccount ? [] : [end]),
  ];
}

/** Set right before the deletion, once the last mail is archived. */
export function keptRedirect(
  days: DepartureDays,
  target: PlannedTarget,
  due: StepDraft['due'],
): readonly StepDraft[] {
  if (days.redirect?.outlivesAccount !== true) return [];
  return [
    {
      key: keptRedirectKeyOn(target),
      kind: 'keepRedirect',
      due,
      dependsOn: [keyOn(target, 'archive-new-mail')],
      params: { ...paramsOn(target), untilMs: days.dayAfter(days.redirect.days) },
    },
  ];
}

export function endOfKeptRedirect(days: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  if (days.redirect?.outlivesAccount !== true) return [];
  return [
    {
      key: keyOn(target, 'end-kept-redirect'),
      kind: 'dropKeptRedirect',
      due: at(days.dayAfter(days.redirect.days)),
      dependsOn: ['quarantine-address'],
      params: paramsOn(target),
    },
  ];
}
