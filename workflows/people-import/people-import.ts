import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ImportInput, ImportOutcome } from '../../shared/contract/imports.ts';
import { IMPORT_CHANGED } from '../../shared/contract/imports.ts';
import { importCalls } from './import-calls.ts';
import { showPhase } from '../show-phase.ts';

const importChanged = defineSignal(IMPORT_CHANGED);

/**
 * One pass through the rows of an import: a dry run, or the run. The database says how far it is and what is wanted of it; this waits,
 * goes on, and is told when to look again. No row ever comes here, so its history is as short for a large file as for a small one.
 */
export async function peopleImport(input: ImportInput): Promise<ImportOutcome> {
  let news = false;
  setHandler(importChanged, () => {
    news = true;
  });
  const calls = importCalls(input);
  const isNew = workflowInfo().continuedFromExecutionRunId === undefined;

  /** Until somebody decides something, or this instant comes. */
  async function newsOr(untilMs?: number): Promise<void> {
    if (untilMs === undefined) return condition(() => news);
    const forMs = Math.max(untilMs - Date.now(), SHORTEST_WAIT_MS);
    await condition(() => news, forMs, { summary: 'Until there are addresses to give again' });
  }

  async function goThrough(): Promise<ImportOutcome> {
    if (isNew) await calls.stage();
    for (let slices = 1; ; slices += 1) {
      // What is decided from here on may come too late for this slice.
      news = false;
      const outcome = await calls.carryOutSlice();
      if (outcome.kind === 'ended') return { state: outcome.state };
      showPhase(PHASES[outcome.kind] ?? input.mode);
      if (outcome.kind === 'paused') await newsOr();
      if (outcome.kind === 'wait') await newsOr(outcome.untilMs);
      if (slices >= input.slicesPerRun || workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof peopleImport>(input);
    }
  }

  try {
    const outcome = await goThrough();
    showPhase(outcome.state);
    return outcome;
  } catch (error) {
    if (!isCancellation(error)) throw error;
    const { state } = await CancellationScope.nonCancellable(() => calls.end());
    showPhase(state);
    throw error;
  }
}

/** A clock that is a little ahead of another one must not make it ask without a pause. */
const SHORTEST_WAIT_MS = 1_000;

const PHASES: Readonly<Record<string, string>> = { paused: 'paused', wait: 'waiting' };
