import type { DecisionDesk } from '../../../shared/contract/decision-desk.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import type { Repositories } from '../../../shared/platform/persistence/create-repositories.ts';
import type { Ports } from '../../steps/step-definition.ts';

/** What is needed from outside to carry out what was decided. */
export interface ActingPorts extends Pick<Ports, 'connectors' | 'notifier' | 'log'> {
  readonly repositories: Pick<Repositories, 'findings' | 'cases' | 'people' | 'organisations'>;
  readonly desk: DecisionDesk;
}

/** One look at a finding, at one instant of its review. */
export interface Acting {
  readonly ports: ActingPorts;
  readonly review: Review;
  readonly nowMs: number;
}
