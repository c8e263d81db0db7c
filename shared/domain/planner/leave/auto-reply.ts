import { autoReplyKeyOn } from '../departure/auto-reply.ts';
import { keyOn, paramsOn, type PlannedTarget } from '../departure/departure-days.ts';
import { at, type StepDraft } from '../plan-step.ts';
import { endOf, type LeaveDays } from './leave-days.ts';
import { proofKeyOn } from './lock.ts';

/**
 * From the beginning to the return. A leave that is moved while its reply is given has it given once more, with its new end: the
 * target would end the first one by itself.
 */
export function startReplies(days: LeaveDays, target: PlannedTarget): readonly StepDraft[] {
  const given = givenBefore(days, target);
  const { replyUntilMs: untilMs, startAtMs, nowMs } = days;
  const last = given.at(-1);
  if (untilMs === undefined || untilMs <= nowMs || last?.params?.['untilMs'] === untilMs) return given;
  const start = autoReplyKeyOn(target);
  const draft = { kind: 'startAutoReply' as const, params: { ...paramsOn(target), untilMs } };
  if (last === undefined)
    return [{ ...draft, key: start, due: at(startAtMs), follows: [proofKeyOn(days, target)] }];
  const key = keyOn(target, `start-auto-reply-${given.length + 1}`);
  return [...given, { ...draft, key, due: at(nowMs), dependsOn: [last.key] }];
}

/** Once the account was opened, whatever came of that: who is back answers for themselves. */
export function endReply(days: LeaveDays, target: PlannedTarget, enableKey: string): readonly StepDraft[] {
  const starts = startReplies(days, target).map(({ key }) => key);
  if (starts.length === 0) return [];
  const { due, dependsOn = [] } = endOf(days);
  const key = keyOn(target, 'end-auto-reply');
  const draft = { key, kind: 'endAutoReply' as const, due, dependsOn: [...dependsOn, ...starts] };
  return [{ ...draft, follows: [enableKey], params: paramsOn(target) }];
}

function givenBefore({ previous }: LeaveDays, target: PlannedTarget): readonly StepDraft[] {
  if (previous === undefined) return [];
  return previous.plan.steps.filter(
    ({ kind, key, params }) =>
      kind === 'startAutoReply' && params['target'] === target.id && previous.startedKeys.has(key),
  );
}
