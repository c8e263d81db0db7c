import { join } from 'node:path';
import { distFolder } from '../shared/platform/config/package-root.ts';

/** The compiled workflows. Workflows are loaded by path and imported by nobody. */
export const WORKFLOWS_PATH = join(distFolder, 'workflows', 'index.js');

/** What a worker and a replay load: built ahead, with the same SDK version. */
export const WORKFLOW_BUNDLE_PATH = join(distFolder, 'workflow-bundle.js');
