import { ApplicationFailure, defineUpdate, setHandler } from '@temporalio/workflow';
import type { CaseUpdateName, CommandResult } from '../../shared/contract/commands.ts';
import { rejectionOfUpdate, UPDATES, type Taken } from '../../shared/contract/read-update.ts';
import { COMMAND_REJECTIONS } from '../../shared/errors/failure-types.ts';
import type { CaseStore } from './case-store.ts';
import type { Projector } from './project.ts';
import type { StepRunner } from './step-runner.ts';

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
    const rejection = rejectionOfUpdate(store.now(), name, payload);
    if (rejection === undefined) return;
    throw ApplicationFailure.nonRetryable(COMMAND_REJECTIONS[rejection], rejection);
  };
  setHandler(defineUpdate<CommandResult, [never]>(name), handler, { validator });
}
