import type { ReviewEngine } from '../../contract/review-engine.ts';
import type { ReviewDefinition } from '../../domain/reviews/review-definition.ts';
import type { ReviewRepository } from '../persistence/review-repository.ts';

/**
 * Has the schedule be as a definition that was just written says, and notes that it is. The note of a schedule names the revision it
 * was made of, and the noting counts the revision up: so the schedule is made of the revision that the noting gives. A definition that
 * is noted is therefore always the one of its schedule; of one that somebody changed meanwhile nothing is noted, and whoever changed
 * it arranges it again. While the engine is away it stays unheard.
 */
export async function arrangeDefinition(
  engine: Pick<ReviewEngine, 'arrange'>,
  reviews: Pick<ReviewRepository, 'updateDefinition'>,
  definition: ReviewDefinition,
): Promise<ReviewDefinition> {
  const noted = { ...definition, rev: definition.rev + 1, unheard: false };
  if ((await engine.arrange(noted)) === 'unavailable') return definition;
  return (await reviews.updateDefinition(definition, { unheard: false })) ?? definition;
}
