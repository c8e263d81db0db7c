import { condition, continueAsNew, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import { REVIEW_CHANGED, type ReviewInput, type ReviewOutcome } from '../../shared/contract/reviews.ts';
import { showPhase } from '../show-phase.ts';
import { reviewCalls } from './review-calls.ts';

const reviewChanged = defineSignal(REVIEW_CHANGED);

/**
 * One holding of a review: accounts are looked at, reviewers decide, what they decided is carried out and proven. The database says how
 * far it is; this waits for the next day on which something is due, and is told when somebody decided something. No finding ever comes
 * here, so its history is as short for a hundred thousand accounts as for ten.
 */
export async function review(input: ReviewInput): Promise<ReviewOutcome> {
  let news = false;
  setHandler(reviewChanged, () => {
    news = true;
  });
  const calls = reviewCalls(input);
  const reviewId = input.reviewId ?? (await calls.open());
  if (reviewId === undefined) return { state: 'not_held' };
  for (let slices = 1; ; slices += 1) {
    // What is decided from here on may come too late for this slice.
    news = false;
    const step = await calls.advance(reviewId);
    showPhase(step.phase);
    if (step.kind === 'ended') return { state: step.state };
    if (step.kind === 'wait') await newsOr(step.untilMs);
    if (slices >= input.slicesPerRun || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof review>({ ...input, reviewId });
  }

  /** Until somebody decides something, or this instant comes. */
  async function newsOr(untilMs?: number): Promise<void> {
    if (untilMs === undefined) return condition(() => news);
    const forMs = Math.max(untilMs - Date.now(), SHORTEST_WAIT_MS);
    await condition(() => news, forMs, { summary: 'Until something of the review is due' });
  }
}

/** A clock that is a little ahead of another one must not make it ask without a pause. */
const SHORTEST_WAIT_MS = 1_000;
