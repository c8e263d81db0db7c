import {
  ActivityCancellationType,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { CaseInput, RetryNumbers } from '../../shared/contract/case.ts';
import type { StepActivity, StepInput, StepResult } from '../../shared/contract/step.ts';
import { dueAtMsOf, isInFlight } from '../../shared/domain/case/wanted-steps.ts';
import { progressOf } from '../../shared/domain/case/open-case.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import type { CaseStore } from './case-store.ts';
import { stepFailureOf } from './failure.ts';
import { targetsQueue } from './targets-queue.ts';

export interface StepRunner {
  /** Starts a step that is due. Does not wait for it. */
  start(step: PlannedStep): void;
  /** Calls back what the case no longer wants tried; an attempt under way comes to its end first. */
  callBackUnwanted(): void;
  anyRunning(): boolean;
}

/** Withheld, not failed: the step waits until the hold, the pause or the freeze is over. */
const WITHHELD: ReadonlySet<string> = new Set(['LEGAL_HOLD', 'CASE_PAUSED', 'FROZEN']);

/**
 * Carries out steps side by side. A step is tried once by itself, so that whatever follows it need not wait for its
 * success; after that Temporal goes on trying it, without adding to the history, until its patience is over.
 */
export function createStepRunner(input: CaseInput, store: CaseStore): StepRunner {
  const running = new Map<string, CancellationScope>();

  async function carryOut(step: PlannedStep): Promise<void> {
    const { round } = progressOf(store.now(), step.key);
    const startedAtMs = Date.now();
    store.tell({ kind: 'stepStarted', key: step.key, round });
    try {
      await tryOnce(step, round, startedAtMs);
    } catch (error) {
      giveUp({ key: step.key, round }, error);
    }
  }

  async function tryOnce(step: PlannedStep, round: number, startedAtMs: number): Promise<void> {
    try {
      settle(step, round, await attempt(step, round, { retry: false, startedAtMs }));
    } catch (error) {
      const failure = stepFailureOf(error);
      if (isCancellation(error) || failure.final) throw error;
      if (store.now().paused && !step.destructive) throw new CancelledFailure('paused before the next try');
      store.tell({ kind: 'stepRetrying', key: step.key, round, errorCode: failure.code });
      settle(step, round, await attempt(step, round, { retry: true, startedAtMs }));
    }
  }

  function settle(step: PlannedStep, round: number, result: StepResult): void {
    store.tell({ kind: 'stepSettled', key: step.key, round, outcome: result.outcome });
  }

  function giveUp(news: { readonly key: string; readonly round: number }, error: unknown): void {
    const { code, called } = stepFailureOf(error);
    if (isCancellation(error) || WITHHELD.has(code)) store.tell({ kind: 'stepWithdrawn', ...news, called });
    else store.tell({ kind: 'stepFailed', ...news, errorCode: code, called });
    // The database knew of the hold or the pause before the case did.
    if (code === 'LEGAL_HOLD' && !store.now().onLegalHold) store.tell({ kind: 'holdPlaced' });
    if (code === 'FROZEN' && store.now().frozen !== true) store.tell({ kind: 'frozen' });
    if (code === 'CASE_PAUSED' && !store.now().paused) store.tell({ kind: 'paused' });
  }

  function attempt(
    step: PlannedStep,
    round: number,
    how: { readonly retry: boolean; readonly startedAtMs: number },
  ): Promise<StepResult> {
    const numbers = input.policy.retries[step.patience];
    const activities = proxyActivities<Record<string, StepActivity>>({
      taskQueue: targetsQueue(),
      summary: how.retry ? `${step.key}, tried again until it succeeds` : step.key,
      cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
      ...timeouts(numbers, how),
    });
    const activity = activities[step.kind];
    if (activity === undefined) throw new Error(`no activity of kind ${step.kind}`);
    return activity(inputOf(step, round));
  }

  function inputOf(step: PlannedStep, round: number): StepInput {
    return {
      orgId: input.orgId,
      caseId: input.caseId,
      stepKey: step.key,
      round,
      planVersion: store.now().plan.version,
      dueAtMs: dueAtMsOf(store.now(), step) ?? Date.now(),
      asOfMs: Date.now(),
      params: step.params,
    };
  }

  return {
    start(step) {
      if (running.has(step.key)) return;
      const scope = new CancellationScope();
      running.set(step.key, scope);
      void scope
        .run(() => carryOut(step))
        .finally(() => {
          running.delete(step.key);
          store.touch();
        });
    },
    callBackUnwanted() {
      for (const [key, scope] of running) {
        const step = store.now().steps[key];
        if (step === undefined || !isInFlight(step)) scope.cancel();
      }
    },
    anyRunning: () => running.size > 0,
  };
}

function timeouts(numbers: RetryNumbers, how: { readonly retry: boolean; readonly startedAtMs: number }) {
  const leftMs = Math.max(numbers.giveUpAfterMs - (Date.now() - how.startedAtMs), numbers.attemptTimeoutMs);
  return {
    startToCloseTimeout: numbers.attemptTimeoutMs,
    ...(numbers.heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeout: numbers.heartbeatTimeoutMs }),
    ...(how.retry ? { scheduleToCloseTimeout: leftMs } : {}),
    retry: how.retry
      ? {
          initialInterval: numbers.firstRetryMs,
          backoffCoefficient: numbers.retryFactor,
          maximumInterval: numbers.longestRetryMs,
        }
      : { maximumAttempts: 1 },
  };
}
