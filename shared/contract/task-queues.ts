/**
 * `orchestration`: workflows; `targets`: everything that touches a target or sends mail; `bulk`: rows of imports, few at a time, so
 * that people never wait for them.
 */
export interface TaskQueues {
  readonly orchestration: string;
  readonly targets: string;
  readonly bulk: string;
}

/** The queues of one installation. A label keeps several that share a Temporal namespace apart. */
export function taskQueues(label = ''): TaskQueues {
  const suffix = label === '' ? '' : `:${label}`;
  return {
    orchestration: `orchestration${suffix}`,
    targets: `targets${suffix}`,
    bulk: `bulk${suffix}`,
  };
}

/** The queues a workflow belongs to, from the one it runs on. */
export function queuesOf(orchestrationQueue: string): TaskQueues {
  const [, ...label] = orchestrationQueue.split(':');
  return taskQueues(label.join(':'));
}
