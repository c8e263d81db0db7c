import { allSettled } from '../../../shared/domain/case/derive.ts';
import { nextWork } from '../../../shared/domain/case/next-work.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { DAY, NUMBERS } from './sample-plan.ts';

/** Far more than a departure needs: a plan that stands still comes to an end here. */
export const MOST_TURNS = 2_000;

/** When a step was started. Those of one turn might have come in any order. */
interface Started {
  readonly key: string;
  readonly turn: number;
  readonly atMs: number;
}

export interface Run {
  readonly progress: CaseProgress;
  readonly started: readonly Started[];
}

/**
 * Carries a case out by the rules a workflow follows: whatever may start is started and succeeds, an approval comes
 * `approvalDays` after it was asked for. Until `untilMs`, or to its end.
 */
export function runPlan(
  from: CaseProgress,
  of: { readonly fromMs: number; readonly untilMs?: number; readonly approvalDays?: number },
): Run {
  const { untilMs = Infinity, approvalDays = 0 } = of;
  const started: Started[] = [];
  let progress = from;
  let nowMs = of.fromMs;
  for (let turn = 0; turn < MOST_TURNS && !allSettled(progress); turn += 1) {
    const { start, awaitApproval, wakeAtMs = Infinity } = nextWork(progress, nowMs, NUMBERS);
    for (const { key } of start) {
      const news = { key, round: progress.steps[key]!.round, atMs: nowMs };
      progress = reduce(progress, { kind: 'stepStarted', ...news });
      progress = reduce(progress, { kind: 'stepSettled', ...news, outcome: 'done' });
      started.push({ key, turn, atMs: nowMs });
    }
    if (awaitApproval !== undefined)
      progress = reduce(progress, { kind: 'approvalAwaited', key: awaitApproval, atMs: nowMs });
    if (start.length > 0 || awaitApproval !== undefined) continue;
    const { approval } = progress;
    const approvedAtMs = approval === undefined ? Infinity : approval.sinceMs + approvalDays * DAY;
    const nextMs = Math.min(wakeAtMs, approvedAtMs);
    if (nextMs === Infinity || nextMs > untilMs) break;
    nowMs = Math.max(nowMs, nextMs);
    const key = approval?.stepKey;
    if (key !== undefined && approvedAtMs <= nowMs)
      progress = reduce(progress, { kind: 'approved', key, actorId: 'own_second', atMs: nowMs });
  }
  return { progress, started };
}
