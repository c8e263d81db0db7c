import type { CaseProjection, StepView } from '../case-record.ts';
import type { PlannedStep } from '../plan.ts';
import { caseStateOf, needsAttention } from './derive.ts';
import { automaticSteps } from './automatic.ts';
import { nextDueAtMs } from './next-work.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';
import { dueAtMsOf, firstDueAtMs } from './wanted-steps.ts';

/** What lists and the case page show of a case. */
export function projectionOf(progress: CaseProgress): CaseProjection {
  const dueAtMs = progress.closedAtMs === undefined ? nextDueAtMs(progress) : undefined;
  const automatic = automaticSteps(progress);
  const automaticDueAtMs = firstDueAtMs(progress, automatic);
  return {
    sequence: progress.sequence,
    state: caseStateOf(progress),
    needsAttention: needsAttention(progress),
    plan: progress.plan,
    steps: progress.plan.steps.map((step) => ({
      ...stepViewOf(progress, step),
      ...(automatic.includes(step) ? { automatic: true as const } : {}),
    })),
    ...(progress.undoing === true ? { undoing: true } : {}),
    ...(progress.frozen === true ? { frozen: true } : {}),
    ...(dueAtMs === undefined ? {} : { dueAtMs }),
    ...(automaticDueAtMs === undefined ? {} : { automaticDueAtMs }),
    ...(progress.pointOfNoReturnAtMs === undefined
      ? {}
      : { pointOfNoReturnAtMs: progress.pointOfNoReturnAtMs }),
    ...(progress.closedAtMs === undefined ? {} : { closedAtMs: progress.closedAtMs }),
  };
}

/** A step as it is shown. */
export function stepViewOf(progress: CaseProgress, planned: PlannedStep): StepView {
  const { status, round, settledAtMs, errorCode, changedAtSequence, ...byPeople } = progressOf(
    progress,
    planned.key,
  );
  const { skippedBy, skipRequestedBy, approvedBy, attestedBy } = byPeople;
  const dueAtMs = dueAtMsOf(progress, planned);
  return {
    key: planned.key,
    status,
    round,
    ...(dueAtMs === undefined ? {} : { dueAtMs }),
    ...(settledAtMs === undefined ? {} : { settledAtMs }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(skippedBy === undefined ? {} : { skippedBy }),
    ...(skipRequestedBy === undefined ? {} : { skipRequestedBy }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(attestedBy === undefined ? {} : { attestedBy }),
    ...(changedAtSequence === undefined ? {} : { changedAtSequence }),
  };
}
