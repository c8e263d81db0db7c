import { changeByRevision } from '../../shared/platform/persistence/change-by-revision.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import { isReviewOver } from '../../shared/domain/reviews/review.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { changeReview } from './change-review.ts';
import type { ReviewPorts } from './review-ports.ts';

type Ports = Pick<ReviewPorts, 'repositories' | 'reviewEngine'>;

const PAGE = 100;
const MOST_TOLD = 200;

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
      if (!isThere) await arrange({ repositories, reviewEngine }, definition);
      await markArranged({ repositories, reviewEngine }, definition);
      repaired += 1;
    }
  return repaired;
}

async function arrange({ reviewEngine }: Ports, definition: ReviewDefinition): Promise<void> {
  if ((await reviewEngine.arrange(definition)) === 'unavailable') throw unavailable();
}

/** Unless it was changed meanwhile: then the next turn arranges it. */
async function markArranged(
  { repositories: { reviews }, reviewEngine }: Ports,
  { id, orgId, rev, unheard }: ReviewDefinition,
): Promise<void> {
  if (!unheard) return;
  const marked = await changeByRevision({
    what: 'the definition of a review',
    read: () => reviews.getDefinition(orgId, id),
    decide: (current) => (current.rev === rev ? { unheard: false } : undefined),
    write: (current, changes) => reviews.updateDefinition(current, changes),
  });
  // The schedule carries the revision that is written down.
  if (marked.rev === rev + 1) await arrange({ repositories: { reviews } as Ports['repositories'], reviewEngine }, marked);
}

/** Tells the workflow of each review what it does not know yet, and sets going what was terminated. */
export async function tellReviews({ repositories, reviewEngine }: Ports): Promise<number> {
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
