import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { google } from '@temporalio/proto';

/**
 * Moves the clock of one workflow ahead by a number of milliseconds, through everything that is due on the way, and stops it
 * there: from then on its time passes as ours does. Resolves when the instant is reached, or when the workflow ended before.
 */
export async function fastForward(connection: Connection, workflowId: string, ms: number): Promise<void> {
  const id = randomUUID();
  const execution = { namespace: 'default', workflowExecution: { workflowId } };
  await connection.workflowService.updateWorkflowExecutionOptions({
    ...execution,
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        maxSessionSkipCount: 2_000,
        fastForwardConfig: {
          id,
          duration: durationOf(ms),
        },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  await connection.workflowService.pollWorkflowExecutionTimeSkipping({ ...execution, fastForwardId: id });
}

function durationOf(ms: number): google.protobuf.IDuration {
  return google.protobuf.Duration.fromObject({
    seconds: Math.floor(ms / 1000),
    nanos: (ms % 1000) * 1_000_000,
  });
}
