import type { Client } from '@temporalio/client';
import { Worker, type ReplayResult } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { WORKFLOWS } from '../../shared/contract/workflows.ts';

export interface ReplayOptions {
  /** Of the workflows that are to take over. */
  readonly bundlePath: string;
  readonly dataConverter: DataConverter;
  /** Narrows what is replayed down: a visibility query of Temporal. */
  readonly query?: string | undefined;
}

const PAGE = 100;
const DOWNLOADS_AT_ONCE = 4;
const KINDS = Object.values(WORKFLOWS)
  .map((name) => `'${name}'`)
  .join(', ');

/**
 * Replays the history of every open workflow of ours in the client's namespace with a bundle, a page at a time, and gives
 * each one's result: an `error` means that this workflow would stand still under the bundle. Changes nothing on the server.
 */
export function replayOpenHistories(
  client: Pick<Client, 'workflow'>,
  { bundlePath, dataConverter, query }: ReplayOptions,
): AsyncIterable<ReplayResult> {
  const open = `ExecutionStatus = 'Running' AND WorkflowType IN (${KINDS})`;
  const listed = client.workflow.list({
    query: query === undefined ? open : `${open} AND (${query})`,
    pageSize: PAGE,
  });
  const histories = listed.intoHistories({ concurrency: DOWNLOADS_AT_ONCE, bufferLimit: PAGE });
  return Worker.runReplayHistories({ workflowBundle: { codePath: bundlePath }, dataConverter }, histories);
}
