import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { CaseActivities, CloseCaseInput } from '../../activities/case/contract.ts';
import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { chainsOf, type Chain } from '../../shared/domain/case/chains.ts';
import { allSettled, anyInFlight, caseStateOf } from '../../shared/domain/case/derive.ts';
import { nextWork, type CaseWork, type NoticeNumbers } from '../../shared/domain/case/next-work.ts';
import { openCase } from '../../shared/domain/case/open-case.ts';
import type { CaseProgress } from '../../shared/domain/case/progress.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import { createAlarm } from './alarm.ts';
import { createCaseStore } from './case-store.ts';
import { startProjector } from './project.ts';
import { createDisplay } from './show.ts';
import { createStepRunner } from './step-runner.ts';
import { takeCommands } from './take-commands.ts';
import { targetsQueue } from './targets-queue.ts';
import { createMessenger } from './tell-people.ts';

/** One open case: what a procedure does with it reads as prose. */
export interface OpenCase {
  isOpen(): boolean;
  /** What is to be done at this instant. */
  work(): CaseWork;
  startSteps(work: CaseWork): void;
  tellPeople(work: CaseWork): void;
  /** Waits for the next due instant, a result or a command, whichever comes first. */
  somethingHappens(work: CaseWork): Promise<void>;
  /** Starts a new history when this one has grown long; the case goes on where it stands. */
  renewLongHistory(): Promise<void>;
  close(): Promise<CaseResult>;
}

/**
 * Opens a case: handlers are in place when it returns, before the first await. The plan is data; nothing here knows a kind
 * of step.
 */
export function carryOut(input: CaseInput): OpenCase {
  const store = createCaseStore(input.progress ?? openCase(input));
  const runner = createStepRunner(input, store);
  const projector = startProjector(input, store);
  const display = createDisplay(store);
  const messenger = createMessenger(input, store);
  const alarm = createAlarm(() => store.touch(), input.sparing === true ? 60_000 : 0);
  const numbers = noticeNumbers(input);
  const chained = input.chained === true ? chainsOf : eachAlone;
  takeCommands(store, runner, projector);

  const idle = (): boolean => !runner.anyRunning() && !messenger.anyRunning();

  return {
    isOpen() {
      const progress = store.now();
      return !(
        (allSettled(progress) && !anyInFlight(progress)) ||
        (progress.cancelled && !anyInFlight(progress) && !runner.anyRunning())
      );
    },
    work() {
      store.takeChange();
      return nextWork(store.now(), Date.now(), numbers);
    },
    startSteps(work) {
      const chains = chained(store.now(), work.start, Date.now());
      for (const chain of chains) runner.start(chain);
      for (const key of work.flag) store.tell({ kind: 'stepFlagged', key });
    },
    tellPeople(work) {
      if (work.awaitApproval !== undefined) store.tell({ kind: 'approvalAwaited', key: work.awaitApproval });
      if (work.awaitChecklist === true) store.tell({ kind: 'checklistAwaited' });
      for (const notice of work.notify) messenger.send(notice);
    },
    async somethingHappens(work) {
      // What was just started has deadlines of its own: they are looked up before a timer is armed.
      if (input.sparing === true && store.takeChange()) return;
      display.refresh();
      projector.show();
      alarm.setTo(work.wakeAtMs, 'Until the next instant of the plan');
      await condition(() => store.takeChange());
    },
    async renewLongHistory() {
      const info = workflowInfo();
      const long = info.historyLength > input.policy.maxHistoryEvents || info.continueAsNewSuggested;
      if (!long || !idle()) return;
      await projector.reached(store.now().sequence);
      await condition(allHandlersFinished);
      if (!idle()) return;
      await continueAsNew<(input: CaseInput) => Promise<CaseResult>>({
        ...input,
        plan: store.now().plan,
        progress: store.now(),
      });
    },
    async close() {
      store.tell({ kind: 'closed' });
      alarm.setTo(undefined, '');
      display.refresh();
      const state = caseStateOf(store.now());
      await projector.reached(store.now().sequence);
      await letGo({ orgId: input.orgId, caseId: input.caseId, asOfMs: Date.now(), state });
      await condition(() => allHandlersFinished() && idle());
      return { state };
    },
  };
}

/** As histories were written before there were chains. */
function eachAlone(_progress: CaseProgress, start: readonly PlannedStep[]): readonly Chain[] {
  return start.map((step) => [step]);
}

/** Tried until it succeeds: a person must not stay claimed by a case that is over. */
function letGo(input: CloseCaseInput): Promise<void> {
  const { closeCase } = proxyActivities<CaseActivities>({
    taskQueue: targetsQueue(),
    startToCloseTimeout: '30 seconds',
    scheduleToCloseTimeout: '30 days',
    retry: { maximumInterval: '10 minutes' },
    summary: 'Let go of the person',
  });
  return closeCase(input);
}

function noticeNumbers(input: CaseInput): NoticeNumbers {
  return {
    flagAfterMs: (step) => input.policy.retries[step.patience].flagAfterMs,
    attentionReminderMs: input.policy.attentionReminderMs,
    approvalReminderMs: input.policy.approvalReminderMs,
    approvalEscalationMs: input.policy.approvalEscalationMs,
  };
}
