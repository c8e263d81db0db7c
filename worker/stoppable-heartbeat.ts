import { Context } from '@temporalio/activity';
import { StepFailed } from '../activities/steps/step-failure.ts';

/**
 * The heartbeat of the running activity. Once the worker stops and its grace is over it throws: a long step ends here, where
 * it can go on later, and not wherever the process happens to be killed.
 */
export function stoppableHeartbeat(detail: Readonly<Record<string, number>>): void {
  const context = Context.current();
  if (context.cancellationDetails?.workerShutdown === true) throw new StepFailed('WORKER_STOPPED');
  context.heartbeat(detail);
}
