import { archive } from './departure/archive.ts';
import { handover, recipientQuestion } from './departure/handover.ts';
import { autoReply } from './departure/auto-reply.ts';
import { lockout, proofs } from './departure/lockout.ts';
import { purge } from './departure/purge.ts';
import { questions } from './departure/questions.ts';
import { references } from './departure/references.ts';
import { redirect, redirectGate } from './departure/redirect.ts';
import { retention } from './departure/retention.ts';
import type { DepartureDays } from './departure/departure-days.ts';
import { leaveOut, type StepDraft } from './plan-step.ts';
import { withStarted, type PreviousPlan } from './started-steps.ts';

/** The steps of a departure in order, behind the notices that are given. */
export function stepsOfDeparture(
  days: DepartureDays,
  notices: readonly StepDraft[],
  previous?: PreviousPlan,
): readonly StepDraft[] {
  const { procedure, targets } = days;
  const ofTargets = targets.flatMap((target) => [
    ...lockout(days, target),
    ...autoReply(days, target),
    ...redirect(days, target),
    ...handover(days, target),
    ...proofs(days, target),
    ...archive(days, target),
  ]);
  const wanted = leaveOut(
    [
      ...notices,
      ...redirectGate(days),
      ...recipientQuestion(days),
      ...questions(days),
      ...ofTargets,
      ...references(days),
      ...retention(days),
    ],
    procedure.leavesOut,
  );
  const untilGate = withStarted(wanted, previous);
  return [...untilGate, ...leaveOut(purge(days, untilGate), procedure.leavesOut)];
}
