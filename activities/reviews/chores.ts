import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import { isReviewOver } from '../../shared/domain/reviews/review.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { changeReview } from './change-review.ts';
import type { ReviewPorts } from './review-ports.ts';

type Ports = Pick<ReviewPorts, 'repositories' | 'reviewEngine'>;

const PAGE = 100;
const MOST_TOLD = 200;
/** Every review looks after itself once a day; so much later it does not any more. */
const STALLED_MS = 60 * 60_000;

/**
 * Compares the schedule of every definition with the definition, and arranges it where it was lost, edited by hand or never made. A
 * schedule of one that was removed is taken away.
 */
export async function repairReviewSchedules({ repositories, reviewEngine }: Ports): Promise<number> {
  let repaired = 0;
  for await (const page of everyPage(PAGE, (range) => repositories.reviews.everyDefinition(range)))
    for (const definition of page) {
      if (definition.removed !== undefined && !definition.unheard) continue;
      const isThere = await reviewEngine.isArranged(definition);
      if (isThere === 'unavailable') throw unavailable();
      if (isThere && !definition.unheard) continue;
      if (!isThere && (await reviewEngine.arrange(definition)) === 'unavailable') throw unavailable();
      await repositories.reviews.markArranged(definition);
      repaired += 1;
    }
  return repaired;
}

/**
 * Tells the workflow of each review what it does not know yet, and sets going again those that nobody looks after any more: somebody
 * terminated their workflow.
 */
export async function tellReviews(ports: Ports, nowMs: number): Promise<number> {
  return (await tellUnheard(ports)) + (await reviveStalled(ports, nowMs));
}

async function reviveStalled({ repositories, reviewEngine }: Ports, nowMs: number): Promise<number> {
  let revived = 0;
  for (const review of await repositories.reviews.listStalled(nowMs - STALLED_MS, MOST_TOLD)) {
    const isHeld = await reviewEngine.isHeld(review);
    if (isHeld === 'unavailable') throw unavailable();
    if (isHeld) continue;
    if ((await reviewEngine.tell(review)) === 'unavailable') throw unavailable();
    revived += 1;
  }
  return revived;
}

async function tellUnheard({ repositories, reviewEngine }: Ports): Promise<number> {
  const unheard = await repositories.reviews.listUnheard(MOST_TOLD);
  for (const review of unheard) {
    const told = await reviewEngine.tell(review);
    if (told === 'unavailable') throw unavailable();
    if (told === 'over' && isReviewOver(review))
      await changeReview(repositories, { orgId: review.orgId, reviewId: review.id }, ({ rev }) =>
        rev === review.rev ? { unheard: false } : undefined,
      );
  }
  return unheard.length;
}

function unavailable(): TargetUnavailable {
  return new TargetUnavailable('Temporal did not take what a review needs');
}
