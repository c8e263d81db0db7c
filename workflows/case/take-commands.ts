import { ApplicationFailure, defineUpdate, setHandler } from '@temporalio/workflow';
import type { CaseUpdateName, CaseUpdates, CommandResult } from '../../shared/contract/commands.ts';
import { rejectionOf, type CaseCommand } from '../../shared/domain/case/command.ts';
import { COMMAND_REJECTIONS } from '../../shared/errors/failure-types.ts';
import type { CaseNews, CaseStore } from './case-store.ts';
import type { Projector } from './project.ts';
import type { StepRunner } from './step-runner.ts';

interface Taken {
  /** What the validator judges. */
  readonly command: CaseCommand;
  readonly news: CaseNews;
}

const UPDATES: { readonly [Name in CaseUpdateName]: (payload: CaseUpdates[Name]) => Taken } = {
  reschedule: ({ plan }) => ({ command: { kind: 'reschedule', plan }, news: { kind: 'rescheduled', plan } }),
  pauseCase: () => ({ command: { kind: 'pause' }, news: { kind: 'paused' } }),
  resumeCase: () => ({ command: { kind: 'resume' }, news: { kind: 'resumed' } }),
  cancelCase: () => ({ command: { kind: 'cancel' }, news: { kind: 'cancelled' } }),
  retryStep: ({ stepKey }) => ({
    command: { kind: 'retry', stepKey },
    news: { kind: 'retried', key: stepKey },
  }),
  skipStep: ({ stepKey, actorId }) => ({
    command: { kind: 'skip', stepKey, actorId },
    news: { kind: 'skipAsked', key: stepKey, actorId },
  }),
  approveStep: ({ stepKey, actorId }) => ({
    command: { kind: 'approve', stepKey, actorId },
    news: { kind: 'approved', key: stepKey, actorId },
  }),
  placeLegalHold: () => ({ command: { kind: 'placeLegalHold' }, news: { kind: 'holdPlaced' } }),
  liftLegalHold: () => ({ command: { kind: 'liftLegalHold' }, news: { kind: 'holdLifted' } }),
};

/**
 * Puts the handlers in. Call it before the first await: a command may arrive with the first task. Validators are
 * synchronous, so a rejected command leaves no trace; an accepted one is answered once the database knows of it.
 */
export function takeCommands(store: CaseStore, runner: StepRunner, projector: Projector): void {
  for (const name of Object.keys(UPDATES) as CaseUpdateName[])
    take(name, UPDATES[name], store, runner, projector);
}

/** `never`: each entry of the table reads the payload of its own update. */
function take(
  name: CaseUpdateName,
  read: (payload: never) => Taken,
  store: CaseStore,
  runner: StepRunner,
  projector: Projector,
): void {
  const handler = async (payload: never): Promise<CommandResult> => {
    const { command, news } = read(payload);
    store.tell(news);
    runner.callBackUnwanted();
    const { sequence } = store.now();
    await projector.reached(sequence);
    const awaitsSecond =
      command.kind === 'skip' && store.now().steps[command.stepKey]?.skipRequestedBy !== undefined;
    return { effect: awaitsSecond ? 'awaiting_second' : 'applied', sequence };
  };
  const validator = (payload: never): void => {
    const rejection = rejectionOf(store.now(), read(payload).command);
    if (rejection === undefined) return;
    throw ApplicationFailure.nonRetryable(COMMAND_REJECTIONS[rejection], rejection);
  };
  setHandler(defineUpdate<CommandResult, [never]>(name), handler, { validator });
}
