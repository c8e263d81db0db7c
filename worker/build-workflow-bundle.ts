import { rename, writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { WORKFLOW_BUNDLE_PATH, WORKFLOWS_PATH } from './workflow-bundle.ts';

/**
 * Bundles the workflows at `workflowsPath` into the file `bundlePath`. Rejects when the workflows import something that
 * cannot be replayed, so this is also the check that they stay deterministic. The file appears whole or not at all.
 */
export async function buildWorkflowBundle(workflowsPath: string, bundlePath: string): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  const unfinished = `${bundlePath}.${process.pid}.tmp`;
  await writeFile(unfinished, code);
  await rename(unfinished, bundlePath);
}

if (process.argv[1] === import.meta.filename) await buildWorkflowBundle(WORKFLOWS_PATH, WORKFLOW_BUNDLE_PATH);
