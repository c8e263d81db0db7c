import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';

const { google, temporal } = proto;

const { FastForwardPollingResult, WorkflowExecutionStatus } = temporal.api.enums.v1;

/** Real time a single jump may take. */
const DEADLINE_MS = 90_000;

/**
 * Moves the clock of one workflow ahead by a number of milliseconds, through everything that is due on the way, and stops it
 * there: from then on its time passes as ours does. Resolves when the instant is reached, or when the workflow ended before;
 * follows a workflow that continues as new.
 */
export async function fastForward(connection: Connection, workflowId: string, ms: number): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  const service = connection.workflowService;
  const execution = { workflowId };
  const start = await standOf(connection, workflowId);
  const targetMs = start.clockMs + ms;
  let id = await beginJump(connection, workflowId, ms);
  while (performance.now() < deadline) {
    const { fastForwardPollingResult: result } = await service.pollWorkflowExecutionTimeSkipping({
      namespace: 'default',
      workflowExecution: execution,
      fastForwardId: id,
    });
    if (result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return;
    if (result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT) continue;
    const now = await standOf(connection, workflowId);
    if (!now.isRunning || now.clockMs >= targetMs) return;
    id = await beginJump(connection, workflowId, targetMs - now.clockMs);
  }
  throw new Error(`the clock did not get to ${new Date(targetMs).toISOString()} in time`);
}

/** A workflow's clock, which is ahead of ours once it was moved. */
export async function workflowClock(connection: Connection, workflowId: string): Promise<number> {
  return (await standOf(connection, workflowId)).clockMs;
}

async function beginJump(connection: Connection, workflowId: string, ms: number): Promise<string> {
  const id = randomUUID();
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace: 'default',
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        maxSessionSkipCount: 2_000,
        fastForwardConfig: { id, duration: durationOf(ms) },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  return id;
}

async function standOf(
  connection: Connection,
  workflowId: string,
): Promise<{ readonly clockMs: number; readonly isRunning: boolean }> {
  const described = await connection.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId },
  });
  const current = described.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  const { status } = described.workflowExecutionInfo ?? {};
  return {
    clockMs:
      current == null
        ? Date.now()
        : Number(current.seconds) * 1000 + Math.floor((current.nanos ?? 0) / 1_000_000),
    isRunning: status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
  };
}

function durationOf(ms: number) {
  return google.protobuf.Duration.fromObject({
    seconds: Math.floor(ms / 1000),
    nanos: (ms % 1000) * 1_000_000,
  });
}
