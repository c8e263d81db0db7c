import { at, type StepDraft } from '../plan-step.ts';
import { keyOn, paramsOn, type DepartureDays, type PlannedTarget } from './departure-days.ts';
import { firstProofOn } from './lockout.ts';

export function autoReplyKeyOn(target: PlannedTarget): string {
  return keyOn(target, 'start-auto-reply');
}

export function autoReply(days: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  const { autoReplyDays, leaveAtMs, dayAfter } = days;
  if (autoReplyDays === undefined) return [];
  const untilMs = dayAfter(autoReplyDays);
  const start = autoReplyKeyOn(target);
  return [
    {
      key: start,
      kind: 'startAutoReply',
      due: at(leaveAtMs),
      follows: [firstProofOn(target)],
      params: { ...paramsOn(target), untilMs },
    },
    {
      key: keyOn(target, 'end-auto-reply'),
      kind: 'endAutoReply',
      due: at(untilMs),
      dependsOn: [start],
      params: paramsOn(target),
    },
  ];
}
