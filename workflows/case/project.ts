import { condition, proxyLocalActivities } from '@temporalio/workflow';
import type { CaseActivities } from '../../activities/case/contract.ts';
import type { CaseInput } from '../../shared/contract/case.ts';
import { projectionOf } from '../../shared/domain/case/projection.ts';
import type { CaseStore } from './case-store.ts';

const { projectCase } = proxyLocalActivities<CaseActivities>({
  startToCloseTimeout: '10 seconds',
  localRetryThreshold: '20 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '30 seconds' },
  summary: 'Tell the database where the case stands',
});

export interface Projector {
  /** Everything that follows from the last change is known: the database may see it. */
  show(): void;
  /** Waits until the database knows at least this change. */
  reached(sequence: number): Promise<void>;
}

/**
 * Keeps the case document in step with the workflow. Several changes at once make one write; as a local activity it costs one
 * event, and its input none. Lists may lag behind by one write, never lead.
 */
export function startProjector(input: CaseInput, store: CaseStore): Projector {
  let projected = 0;
  let wanted = 0;
  const due = (): boolean => (input.sparing === true ? wanted : store.now().sequence) > projected;

  async function keepUp(): Promise<void> {
    for (;;) {
      await condition(due);
      const progress = store.now();
      await projectCase({
        orgId: input.orgId,
        caseId: input.caseId,
        asOfMs: Date.now(),
        projection: projectionOf(progress),
      });
      projected = progress.sequence;
    }
  }

  const keepingUp = keepUp();
  return {
    show() {
      wanted = store.now().sequence;
    },
    reached(sequence) {
      wanted = Math.max(wanted, sequence);
      return Promise.race([condition(() => projected >= sequence), keepingUp]);
    },
  };
}
