import type { ReviewActivities, ReviewChores } from '../activities/reviews/contract.ts';
import { createReviewActivities } from '../activities/reviews/review-activities.ts';
import { createDecisionDesk } from '../api/reviews/desk/create-decision-desk.ts';
import type { Config } from '../shared/platform/config/config.ts';
import type { ComposedPorts } from './compose-ports.ts';
import { deskContext, translating, type DeskEngines } from './desk-context.ts';

/** The activities of reviews, with the desk that carries out decisions as the API carries out requests. */
export function composeReviews(
  config: Config,
  composed: ComposedPorts,
  engines: DeskEngines,
): ReviewActivities & ReviewChores {
  const desk = createDecisionDesk(deskContext(config, composed, engines));
  const { reviewEngine } = engines;
  return createReviewActivities({
    ...composed.ports,
    reviewEngine,
    desk: { carryOut: (finding) => translating(desk.carryOut(finding)) },
  });
}
