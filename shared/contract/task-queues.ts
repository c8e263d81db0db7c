/** `orchestration`: workflows; `targets`: everything that touches a target or sends mail; `bulk`: rate-limited mass work. */
export const TASK_QUEUES = { orchestration: 'orchestration', targets: 'targets' } as const;
