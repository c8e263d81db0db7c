import { log, proxyActivities } from '@temporalio/workflow';
import type { CaseActivities } from '../../activities/case/contract.ts';
import type { CaseInput } from '../../shared/contract/case.ts';
import type { CaseNotice } from '../../shared/domain/case/case-event.ts';
import type { CaseProgress } from '../../shared/domain/case/progress.ts';
import { dueItems } from '../../shared/domain/case/wanted-steps.ts';
import type { CaseStore } from './case-store.ts';
import { targetsQueue } from './targets-queue.ts';

const SUMMARIES: Readonly<Record<CaseNotice, string>> = {
  attention: 'Tell the organisation that the case needs attention',
  approval: 'Ask for an approval',
  escalation: 'Escalate: nobody approved',
  guard: 'Tell the organisation that the case is held by the guard',
  checklist: 'Remind of the checklist items that are due',
};

export interface Messenger {
  /** Sends a notice in the background, one of a kind at a time. */
  send(notice: CaseNotice): void;
  anyRunning(): boolean;
}

/**
 * Loud failure: mail goes on being tried until it is out, every minute at first, and never stops the case. A notice that was
 * not sent within a day is overtaken by the next.
 */
export function createMessenger(input: CaseInput, store: CaseStore): Messenger {
  const sending = new Set<CaseNotice>();

  async function deliver(notice: CaseNotice): Promise<void> {
    const progress = store.now();
    const { since, stepKeys } = concernOf(notice, progress);
    const { sendCaseNotice } = proxyActivities<CaseActivities>({
      taskQueue: targetsQueue(),
      startToCloseTimeout: '1 minute',
      scheduleToCloseTimeout: input.policy.attentionReminderMs,
      retry: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
      summary: SUMMARIES[notice],
    });
    try {
      await sendCaseNotice({
        orgId: input.orgId,
        caseId: input.caseId,
        asOfMs: Date.now(),
        notice,
        count: (since?.notices ?? 0) + 1,
        sinceMs: since?.sinceMs ?? Date.now(),
        stepKeys,
      });
    } finally {
      // Sent or given up: the next one is a day away either way, and the failure stands in the history.
      store.tell({ kind: 'noticeSent', notice });
    }
  }

  return {
    send(notice) {
      if (sending.has(notice)) return;
      sending.add(notice);
      deliver(notice)
        .catch(() => log.warn('a notice could not be sent', { notice }))
        .finally(() => {
          sending.delete(notice);
          store.touch();
        });
    },
    anyRunning: () => sending.size > 0,
  };
}

/** Since when, and about which steps. */
function concernOf(notice: CaseNotice, progress: CaseProgress) {
  if (notice === 'attention') return { since: progress.attention, stepKeys: redSteps(progress) };
  if (notice === 'guard') return { since: progress.guardNotice, stepKeys: [] };
  if (notice === 'checklist') {
    const stepKeys = dueItems(progress, Date.now()).map((step) => step.key);
    return { since: progress.checklist, stepKeys };
  }
  return { since: progress.approval, stepKeys: [progress.approval?.stepKey ?? ''] };
}

function redSteps(progress: CaseProgress): readonly string[] {
  return Object.entries(progress.steps)
    .filter(([, step]) => step.status === 'failed' || step.flagged === true)
    .map(([key]) => key);
}
