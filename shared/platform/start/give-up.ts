import { StartError } from '../../errors/start/start-error.ts';
import { announceFailure } from '../child-process.ts';

/**
 * Ends a process that cannot start: its reason goes to the supervisor and to standard error, in one sentence, and its exit
 * code says whether trying again is reasonable. An error that `translate` does not know either is thrown on: it needs its
 * stack.
 */
export function giveUp(
  error: unknown,
  translate: (error: unknown) => StartError | undefined = () => undefined,
): never {
  const reason = error instanceof StartError ? error : translate(error);
  if (reason === undefined) throw error;
  announceFailure(reason.code, reason.message);
  process.stderr.write(`gangway: ${reason.message} [${reason.code}]\n`);
  process.exit(reason.exitCode);
}
