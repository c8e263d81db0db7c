import {
  ActivityCancellationType,
  ApplicationFailure,
  CancelledFailure,
  isCancellation,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { CaseInput, RetryNumbers } from '../../shared/contract/case.ts';
import {
  CARRY_OUT_CHAIN,
  type ChainActivity,
  type ChainResult,
  type StepActivity,
  type StepInput,
  type StepResult,
} from '../../shared/contract/step.ts';
import type { Chain } from '../../shared/domain/case/chains.ts';
import { progressOf } from '../../shared/domain/case/open-case.ts';
import { dueAtMsOf } from '../../shared/domain/case/wanted-steps.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import type { ActivityKind } from '../../shared/domain/step-kinds.ts';
import type { CaseStore } from './case-store.ts';
import { targetsQueue } from './targets-queue.ts';

/** No further step of a chain begins after this. */
const CHAIN_GOES_ON_FOR_MS = 5_000;
/** A worker that is gone is noticed by its silence, and another one finds what was done. */
const CHAIN_ATTEMPTS = 3;

export interface Attempt {
  readonly round: number;
  /** Temporal goes on trying, until the patience that began at `startedAtMs` is over. */
  readonly retry: boolean;
  readonly startedAtMs: number;
}

/** One step, by the activity of its kind. */
export function attemptStep(
  input: CaseInput,
  store: CaseStore,
  step: PlannedStep,
  attempt: Attempt,
): Promise<StepResult> {
  const activities = proxyActivities<Record<string, StepActivity>>({
    ...onTargets(attempt.retry ? `${step.key}, tried again until it succeeds` : step.key),
    ...timeouts(input.policy.retries[step.patience], attempt),
  });
  const activity = activities[step.kind];
  if (activity === undefined) throw new Error(`no activity of kind ${step.kind}`);
  return activity({ ...common(input, store), ...ownOf(store, step, attempt.round) });
}

/**
 * The first try of each step of a chain, by one activity. Where that activity itself fails, its first step counts as tried and
 * the others as not begun, so that the case goes on from the second.
 */
export function attemptChain(
  input: CaseInput,
  store: CaseStore,
  chain: Chain,
): (key: string) => Promise<StepResult> {
  const { attemptTimeoutMs, giveUpAfterMs } = input.policy.retries.dayZero;
  const activities = proxyActivities<Record<typeof CARRY_OUT_CHAIN, ChainActivity>>({
    ...onTargets(chain.map((step) => step.key).join(', ')),
    startToCloseTimeout: CHAIN_GOES_ON_FOR_MS + attemptTimeoutMs,
    // Where many are due at once it may wait for its turn: that is no reason to begin anew.
    scheduleToCloseTimeout: giveUpAfterMs,
    retry: { maximumAttempts: CHAIN_ATTEMPTS },
  });
  const result = activities[CARRY_OUT_CHAIN]({
    ...common(input, store),
    steps: chain.map((step) => ({
      kind: step.kind as ActivityKind,
      ...ownOf(store, step, progressOf(store.now(), step.key).round),
    })),
    goOnForMs: CHAIN_GOES_ON_FOR_MS,
  });
  return async (key) => {
    try {
      return firstTryIn(await result, key);
    } catch (error) {
      if (key === chain[0].key || error instanceof ApplicationFailure || isCancellation(error)) throw error;
      throw new CancelledFailure('not begun');
    }
  };
}

function firstTryIn({ tries }: ChainResult, key: string): StepResult {
  const found = tries.find((one) => one.stepKey === key);
  if (found === undefined) throw new CancelledFailure('not begun');
  if (found.outcome !== 'failed') return found;
  throw ApplicationFailure.create({ type: found.code, nonRetryable: found.final });
}

function onTargets(summary: string): ActivityOptions {
  return {
    taskQueue: targetsQueue(),
    summary,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  };
}

function common({ orgId, caseId }: CaseInput, store: CaseStore) {
  return { orgId, caseId, planVersion: store.now().plan.version, asOfMs: Date.now() };
}

function ownOf(store: CaseStore, step: PlannedStep, round: number) {
  const dueAtMs = dueAtMsOf(store.now(), step) ?? Date.now();
  return { stepKey: step.key, round, dueAtMs, params: step.params } satisfies Partial<StepInput>;
}

function timeouts(numbers: RetryNumbers, { retry, startedAtMs }: Attempt) {
  const leftMs = Math.max(numbers.giveUpAfterMs - (Date.now() - startedAtMs), numbers.attemptTimeoutMs);
  return {
    startToCloseTimeout: numbers.attemptTimeoutMs,
    ...(numbers.heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeout: numbers.heartbeatTimeoutMs }),
    ...(retry ? { scheduleToCloseTimeout: leftMs } : {}),
    retry: retry
      ? {
          initialInterval: numbers.firstRetryMs,
          backoffCoefficient: numbers.retryFactor,
          maximumInterval: numbers.longestRetryMs,
        }
      : { maximumAttempts: 1 },
  };
}
