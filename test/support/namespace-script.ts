import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { testVariable } from './temporal.ts';

/** Runs the script of the compose file's namespace job against the Temporal server of this run. */
export async function runNamespaceScript(namespace: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-namespace-'));
  symlinkSync(testVariable('GANGWAY_TEST_TEMPORAL_BINARY'), join(folder, 'temporal'));
  try {
    await promisify(execFile)('sh', [join(packageRoot, 'deploy', 'temporal-namespace.sh')], {
      env: {
        PATH: `${folder}:/usr/bin:/bin`,
        HOME: folder,
        TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
        TEMPORAL_NAMESPACE: namespace,
      },
      timeout: 60_000,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
