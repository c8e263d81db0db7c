import type { ReviewEngine } from '../../contract/review-engine.ts';
import type { ReviewDefinition } from '../../domain/reviews/review-definition.ts';
import type { ReviewRepository } from '../persistence/review-repository.ts';

/**
 * Has the schedule be as a definition says, and notes that it is, which is no other revision: a schedule carries the revision it was made
 * of. Of a definition that somebody changed meanwhile nothing is noted, and whoever changed it arranges it again. While the engine is
 * away it stays unheard.
 */
export async function arrangeDefinition(
  engine: Pick<ReviewEngine, 'arrange'>,
  reviews: Pick<ReviewRepository, 'markArranged'>,
  definition: ReviewDefinition,
): Promise<ReviewDefinition> {
  if ((await engine.arrange(definition)) === 'unavailable') return definition;
  await reviews.markArranged(definition);
  return { ...definition, unheard: false };
}
