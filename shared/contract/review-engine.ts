import type { ReviewDefinition } from '../domain/reviews/review-definition.ts';
import type { Review } from '../domain/reviews/review.ts';

/** The engine as reviews need it. `unavailable`: no answer; the reconciler does it again. */
export interface ReviewEngine {
  /** Has the schedule of a definition as it says; of one that was removed there is none. Repeating it changes nothing. */
  arrange(definition: ReviewDefinition): Promise<'arranged' | 'unavailable'>;
  /** Whether the schedule is there, of this revision. */
  isArranged(definition: ReviewDefinition): Promise<boolean | 'unavailable'>;
  /** Begins one now, unless one of the definition is under way. */
  trigger(definition: ReviewDefinition): Promise<'triggered' | 'unavailable'>;
  /** When the next ones begin, jitter included. Empty while it is paused. */
  nextTimes(definition: ReviewDefinition): Promise<readonly number[] | 'unavailable'>;
  /** Whether the workflow of a review is there and goes on, or will once a worker is there. */
  isHeld(review: Review): Promise<boolean | 'unavailable'>;
  /** Has the workflow of a review look into the database; starts it again where it was terminated. `over`: it came to its end. */
  tell(review: Review): Promise<'told' | 'over' | 'unavailable'>;
}
