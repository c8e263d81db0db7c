import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime, type ReplayResult } from '@temporalio/worker';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { connectTemporal } from '../../shared/platform/temporal/connect.ts';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';
import { WORKFLOW_BUNDLE_PATH } from '../workflow-bundle.ts';
import { replayOpenHistories } from './replay-open-histories.ts';

/*
 * Entry of `npm run replay`: what a deploy would do to the cases that are open. A line for each one that could not go on.
 * Exit code 0: all can; 1: some cannot; 2: it could not be found out.
 */

const USAGE =
  'npm run replay -- [--from host:port] [--namespace name] [--query "visibility query"] [--bundle file]';
const SAID_EVERY = 500;

function optionsOf(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { from: text, namespace: text, query: text, bundle: text },
  });
  return values;
}

async function run({ from, namespace, query, bundle }: ReturnType<typeof optionsOf>): Promise<number> {
  const config = readConfig({
    ...process.env,
    ...(from === undefined ? {} : { TEMPORAL_ADDRESS: from }),
    ...(namespace === undefined ? {} : { TEMPORAL_NAMESPACE: namespace }),
  });
  // What fails is told here, in one line each.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF' } },
  });
  const { connection, client } = await connectTemporal(config);
  try {
    const results = replayOpenHistories(client, {
      bundlePath: bundle ?? WORKFLOW_BUNDLE_PATH,
      dataConverter: createDataConverter(config),
      query,
    });
    const { replayed, failed } = await report(results);
    process.stdout.write(
      `${replayed} open histories of the namespace ${config.temporal.namespace} replayed, ${failed} failed.\n`,
    );
    if (replayed === 0) process.stderr.write('Nothing is open there: is that the right namespace?\n');
    return failed === 0 ? 0 : 1;
  } finally {
    await connection.close();
  }
}

async function report(results: AsyncIterable<ReplayResult>) {
  let replayed = 0;
  let failed = 0;
  for await (const { workflowId, runId, error } of results) {
    replayed += 1;
    if (replayed % SAID_EVERY === 0) process.stderr.write(`${replayed} replayed …\n`);
    if (error === undefined) continue;
    failed += 1;
    process.stdout.write(`FAILED ${workflowId} (run ${runId}): ${reasonOf(error)}\n`);
  }
  return { replayed, failed };
}

/** The SDK wraps the reason in the text of a structure of its own. */
function reasonOf({ message }: Error): string {
  return /message: "((?:[^"\\]|\\.)*)"/u.exec(message)?.[1] ?? message;
}

try {
  process.exitCode = await run(optionsOf(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`replay: ${message}\n${isUsage ? `usage: ${USAGE}\n` : ''}`);
  process.exitCode = 2;
}
