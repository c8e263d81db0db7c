import type { DecisionDesk } from '../../shared/contract/decision-desk.ts';
import type { ReviewEngine } from '../../shared/contract/review-engine.ts';
import type { Ports } from '../steps/step-definition.ts';

/** What the activities of reviews need from outside. */
export interface ReviewPorts extends Pick<
  Ports,
  'repositories' | 'connectors' | 'notifier' | 'vault' | 'publicUrl' | 'clock' | 'heartbeat' | 'log'
> {
  readonly desk: DecisionDesk;
  readonly reviewEngine: ReviewEngine;
}
