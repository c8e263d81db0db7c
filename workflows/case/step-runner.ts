import { CancellationScope, CancelledFailure, isCancellation } from '@temporalio/workflow';
import type { CaseInput } from '../../shared/contract/case.ts';
import type { StepResult } from '../../shared/contract/step.ts';
import type { Chain } from '../../shared/domain/case/chains.ts';
import { isInFlight } from '../../shared/domain/case/wanted-steps.ts';
import { progressOf } from '../../shared/domain/case/open-case.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import { attemptChain, attemptStep } from './attempt.ts';
import type { CaseStore } from './case-store.ts';
import { stepFailureOf } from './failure.ts';

export interface StepRunner {
  /** Starts a step that is due, and with it those of its chain. Does not wait for them. */
  start(chain: Chain): void;
  /** Calls back what the case no longer wants tried; an attempt under way comes to its end first. */
  callBackUnwanted(): void;
  anyRunning(): boolean;
}

/** Withheld, not failed: the step waits until the hold, the pause or the freeze is over. */
const WITHHELD: ReadonlySet<string> = new Set(['LEGAL_HOLD', 'CASE_PAUSED', 'FROZEN']);

/** A step that is carried out: which time, and since when. */
interface Round {
  readonly step: PlannedStep;
  readonly round: number;
  readonly startedAtMs: number;
}

/**
 * Carries out steps side by side. A step is tried once by itself, or in its chain, so that whatever follows it need not wait
 * for its success; after that Temporal goes on trying it, without adding to the history, until its patience is over.
 */
export function createStepRunner(input: CaseInput, store: CaseStore): StepRunner {
  const running = new Map<string, CancellationScope>();

  async function carryOut(current: Round, firstTry: () => Promise<StepResult>): Promise<void> {
    try {
      await tryOnce(current, firstTry);
    } catch (error) {
      giveUp(newsOf(current), error);
    }
  }

  async function tryOnce(current: Round, firstTry: () => Promise<StepResult>): Promise<void> {
    try {
      settle(current, await firstTry());
    } catch (error) {
      const failure = stepFailureOf(error);
      if (isCancellation(error) || failure.final) throw error;
      if (store.now().paused && !current.step.destructive)
        throw new CancelledFailure('paused before the next try');
      store.tell({ kind: 'stepRetrying', ...newsOf(current), errorCode: failure.code });
      settle(current, await attempt(current, true));
    }
  }

  function attempt({ step, round, startedAtMs }: Round, retry: boolean): Promise<StepResult> {
    return attemptStep(input, store, step, { round, retry, startedAtMs });
  }

  function settle(current: Round, { outcome }: StepResult): void {
    store.tell({ kind: 'stepSettled', ...newsOf(current), outcome });
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

  function begin(step: PlannedStep, firstTry: (current: Round) => Promise<StepResult>): void {
    const scope = new CancellationScope();
    running.set(step.key, scope);
    void scope
      .run(() => {
        const { round } = progressOf(store.now(), step.key);
        const current = { step, round, startedAtMs: Date.now() };
        store.tell({ kind: 'stepStarted', ...newsOf(current) });
        return carryOut(current, () => firstTry(current));
      })
      .finally(() => {
        running.delete(step.key);
        store.touch();
      });
  }

  return {
    start([first, ...others]) {
      if (running.has(first.key)) return;
      if (others.some((step) => running.has(step.key)) || others.length === 0) {
        begin(first, (current) => attempt(current, false));
        return;
      }
      const firstTryOf = attemptChain(input, store, [first, ...others]);
      for (const step of [first, ...others]) begin(step, () => firstTryOf(step.key));
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

function newsOf({ step, round }: Round) {
  return { key: step.key, round };
}
