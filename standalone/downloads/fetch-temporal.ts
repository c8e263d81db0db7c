import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { runFetch, tell } from './fetch.ts';

/** The library does not tell its size before; our own build of this version has about this size when compressed. */
const ANNOUNCED = { from: 'temporal.download', megabytes: 45 };

/** The SDK's own download, meant for tests. It starts the server once, so that what lies there afterwards is known to run. */
await runFetch(async ({ version, target, folder }) => {
  await tell(ANNOUNCED);
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const executable = { type: 'cached-download', downloadDir: folder, version: `v${version}` } as const;
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
  const [file] = readdirSync(folder);
  if (file === undefined) throw new Error('the download left no file');
  renameSync(join(folder, file), target);
});
