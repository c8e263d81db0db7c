import { isSettled } from '../../shared/domain/case-states.ts';
import { LATE_AFTER_MS } from '../../shared/domain/digest.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { CaseFigures } from '../../shared/platform/persistence/case-figures.ts';
import type { WelcomeRepository } from '../../shared/platform/persistence/welcome-repository.ts';

/** Late cases are read, to tell which of their steps are late; beyond so many they are no longer read. */
const MOST_LATE_CASES = 100;

export interface InstallationFigures {
  readonly byState: Readonly<Record<string, number>>;
  readonly needingAttention: number;
  readonly notStarted: number;
  /** Late steps of each kind. Where more than a hundred cases are late, those of the hundred with the oldest. */
  readonly lateSteps: ReadonlyMap<StepKind, number>;
  /** Accounts that should be locked out since then, and are not proven to be. */
  readonly overdueLockouts: number;
  readonly parkedWelcomes: number;
}

/** Where they are counted. */
export interface CountedRecords {
  readonly cases: CaseFigures;
  readonly welcomes: Pick<WelcomeRepository, 'countParked'>;
}

export async function readFigures(
  { cases, welcomes }: CountedRecords,
  nowMs: number,
): Promise<InstallationFigures> {
  const lateSinceMs = nowMs - LATE_AFTER_MS;
  const [byState, needingAttention, notStarted, lateCases, parkedWelcomes] = await Promise.all([
    cases.countByState(),
    cases.countNeedingAttention(),
    cases.countNotStarted(),
    cases.listLate(lateSinceMs, MOST_LATE_CASES),
    welcomes.countParked(),
  ]);
  const late = lateCases.flatMap(({ plan, steps }) => {
    const views = steps.filter(
      ({ automatic, status, dueAtMs = Infinity }) =>
        automatic === true && !isSettled(status) && dueAtMs <= lateSinceMs,
    );
    return views.flatMap(({ key }) => stepOf(plan, key) ?? []);
  });
  const lateSteps = new Map<StepKind, number>();
  for (const { kind } of late) lateSteps.set(kind, (lateSteps.get(kind) ?? 0) + 1);
  const isFirstProof = ({ kind, params }: (typeof late)[number]): boolean =>
    kind === 'proveLockedOut' && params['again'] !== 1;
  return {
    ...{ byState, needingAttention, notStarted, lateSteps, parkedWelcomes },
    overdueLockouts: late.filter(isFirstProof).length,
  };
}
