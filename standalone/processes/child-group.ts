import type { ReadyMessage } from '../../shared/platform/child-process.ts';
import { STOP_ORDER } from './run-child.ts';
import type { ChildCommand, ChildName } from './run-child.ts';
import { supervise } from './supervise.ts';
import type { SupervisedChild } from './supervise.ts';
import type { SupervisorOptions } from './supervisor-options.ts';

export interface ChildGroup {
  /**
   * Starts the children side by side and resolves when each serves. Rejects with the first failure, once the others have
   * given up starting; what served before goes on until `stop`.
   */
  readonly start: (commands: readonly ChildCommand[]) => Promise<readonly ReadyMessage[]>;
  /** Ends every child in STOP_ORDER; restarts nothing any more. */
  readonly stop: () => Promise<void>;
}

export function createChildGroup(
  options: Omit<SupervisorOptions, 'stopping'>,
  stopping: AbortController,
): ChildGroup {
  const children = new Map<ChildName, SupervisedChild>();
  const failures: unknown[] = [];

  const startOne = async (command: ChildCommand): Promise<ReadyMessage> => {
    try {
      const child = await supervise(command, { ...options, stopping: stopping.signal });
      children.set(command.name, child);
      return child.ready;
    } catch (error) {
      failures.push(error);
      stopping.abort();
      throw error;
    }
  };

  return {
    start: async (commands) => {
      const results = await Promise.allSettled(commands.map(startOne));
      if (failures.length > 0) throw failures[0];
      return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    },
    stop: async () => {
      stopping.abort();
      for (const name of STOP_ORDER) await children.get(name)?.stop();
    },
  };
}
