import type { ReadyMessage } from '../../shared/platform/child-process.ts';
import { createFamilyMetrics } from './family-metrics.ts';
import { STOP_ORDER } from './run-child.ts';
import type { ChildCommand, ChildName } from './run-child.ts';
import { supervise } from './supervise.ts';
import type { SupervisedChild } from './supervise.ts';
import type { SupervisorOptions } from './supervisor-options.ts';

export interface ChildGroup {
  /** Resolves when the child serves. Rejects with a StartError, nothing of this child left running. */
  readonly start: (command: ChildCommand) => Promise<ReadyMessage>;
  /**
   * Waits for all of them. When one rejects, whatever still starts is given up, and once that is done the first reason is
   * thrown; what served before goes on until `stop`.
   */
  readonly together: <T extends readonly unknown[]>(tasks: { [K in keyof T]: Promise<T[K]> }) => Promise<T>;
  /** Ends every child in STOP_ORDER; restarts nothing any more. */
  readonly stop: () => Promise<void>;
}

/** Aborting `stopping` gives up whatever still starts and ends all restarting. */
export function createChildGroup(
  options: Omit<SupervisorOptions, 'stopping' | 'metrics'>,
  stopping: AbortController,
): ChildGroup {
  const children = new Map<ChildName, SupervisedChild>();
  const metrics = createFamilyMetrics(children);
  return {
    start: async (command) => {
      const child = await supervise(command, { ...options, metrics, stopping: stopping.signal });
      children.set(command.name, child);
      return child.ready;
    },
    together: async (tasks) => {
      const reasons: unknown[] = [];
      const settle = async (task: Promise<unknown>): Promise<void> => {
        try {
          await task;
        } catch (error) {
          reasons.push(error);
          stopping.abort();
        }
      };
      await Promise.all(tasks.map(settle));
      if (reasons.length > 0) throw reasons[0];
      return Promise.all(tasks);
    },
    stop: async () => {
      stopping.abort();
      for (const name of STOP_ORDER) await children.get(name)?.stop();
    },
  };
}
