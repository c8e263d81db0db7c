import { join } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { distFolder } from '../../shared/platform/config/package-root.ts';
import type { Environment } from '../../shared/platform/config/read-secret.ts';
import type { DataFolder } from '../host/data-folder.ts';
import type { ChildCommand } from '../processes/run-child.ts';

export const GUARDIAN_ENTRY = join(distFolder, 'standalone', 'processes', 'guardian.js');

const ERRORS_ONLY = 50;

/** Our own server on one database file: written ahead and flushed at every commit, so that kill -9 loses no acknowledged step. */
export function temporalChild(
  binary: string,
  config: Config,
  folder: DataFolder,
  env: Environment,
): ChildCommand {
  const { namespace, port, uiPort } = config.temporal;
  const options = {
    'db-filename': folder.temporalDatabase,
    ip: '127.0.0.1',
    port: String(port),
    'ui-port': String(uiPort),
    namespace,
    'log-level': 'warn',
    'log-format': 'json',
  };
  return {
    name: 'temporal',
    entry: GUARDIAN_ENTRY,
    args: [
      join(folder.run, 'temporal-server.pid'),
      String(port),
      binary,
      'server',
      'start-dev',
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=full'],
    ],
    env,
    consoleLevel: ERRORS_ONLY,
  };
}
