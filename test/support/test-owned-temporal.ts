import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { eventually, freePort, isHeld } from './installation.ts';
import { testVariable } from './temporal.ts';

/** A Temporal server that somebody else runs: it keeps its data, and goes and comes as the test says. */
export interface OwnedTemporal {
  readonly address: string;
  start(): Promise<void>;
  /** kill -9 */
  stop(): Promise<void>;
}

export async function createOwnedTemporal(folder: string): Promise<OwnedTemporal> {
  const port = await freePort();
  const options = {
    'db-filename': join(folder, 'owned-temporal.db'),
    ip: '127.0.0.1',
    port: String(port),
    'log-level': 'error',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  let server: ChildProcess | undefined;
  const hasEnded = (): boolean =>
    server === undefined || server.exitCode !== null || server.signalCode !== null;
  return {
    address: `127.0.0.1:${port}`,
    async start() {
      const command = testVariable('GANGWAY_TEST_TEMPORAL_BINARY');
      server = spawn(command, ['server', 'start-dev', '--headless', ...args], { stdio: 'ignore' });
      await eventually(() => isHeld(port), 20_000);
    },
    async stop() {
      server?.kill('SIGKILL');
      await eventually(hasEnded);
    },
  };
}
