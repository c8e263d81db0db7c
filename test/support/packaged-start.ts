import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { clearLeftover } from '../../standalone/host/clear-leftover.ts';
import { findOnPath } from '../../standalone/host/find-on-path.ts';
import { processIdentity } from '../../standalone/host/process-identity.ts';
import { createInstallation, eventually, isHeld } from './installation.ts';
import type { Installation } from './installation.ts';

/** What `npm start` runs once everything is built. */
const MAIN = join(packageRoot, 'dist', 'standalone', 'main.js');
/** Names of the pid files: the four children and the server behind the first. */
export const PROCESSES = ['temporal', 'temporal-server', 'store', 'worker', 'api'] as const;
export type ProcessName = (typeof PROCESSES)[number];

const READY = /Gangway runs\./u;
const API_KEY = /gw_[a-z0-9]{8}_[A-Za-z0-9_-]{43}/gu;
const READY_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 30_000;
const RESTARTED_WITHIN_MS = 60_000;

/** One run of the supervisor. */
export interface PackagedStart {
  readonly pid: number;
  readonly readyAfterMs: number;
  /** Everything it printed so far. */
  output(): string;
  /** The keys it printed so far. */
  keys(): readonly string[];
  /** The one it prints when it made the installation. */
  firstKey(): Promise<string>;
  /** How often the supervisor said that this child serves again. */
  restarts(name: ProcessName): number;
  /** Sends the signal and waits, for at most half a minute, until the supervisor is gone. Gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A machine of a newcomer: a data folder and ports of its own, on which the package is started and killed. */
export interface PackagedMachine {
  readonly installation: Installation;
  readonly apiPort: number;
  readonly baseUrl: string;
  readonly logFolder: string;
  /** Starts the package and waits until it says that it runs. `entry`: a compiled or plain module in place of ours. */
  start(options?: {
    readonly entry?: string;
    readonly env?: Readonly<Record<string, string>>;
  }): Promise<PackagedStart>;
  pid(name: ProcessName): number;
  /** kill -9; gives the pid. Throws when there is no such process. */
  kill(name: ProcessName): number;
  /** kill -9, then waits until the supervisor has brought it back and everything is ready. Gives the milliseconds. */
  killAndAwait(start: PackagedStart, name: ProcessName): Promise<number>;
  isReady(): Promise<boolean>;
  heldPorts(): Promise<readonly number[]>;
  databaseUri(): string;
  /** Ends whatever still runs and removes the folder. */
  close(): Promise<void>;
}

export async function createPackagedMachine(
  changes: Readonly<Record<string, string>> = {},
): Promise<PackagedMachine> {
  const { cacheFolder } = readConfig(process.env);
  const installation = await createInstallation({ GANGWAY_CACHE: cacheFolder, ...changes });
  const [apiPort = 0, , , storePort = 0] = installation.ports;
  const baseUrl = `http://127.0.0.1:${apiPort}`;
  const path = onlySetpriv(join(dirname(installation.dataFolder), 'bin'));
  const starts: ChildProcess[] = [];

  const machine: PackagedMachine = {
    installation,
    apiPort,
    baseUrl,
    logFolder: join(installation.dataFolder, 'logs'),
    async start({ entry = MAIN, env = {} } = {}) {
      const startedAtMs = performance.now();
      const child = spawn(process.execPath, [entry], {
        cwd: packageRoot,
        env: { ...installation.env, PATH: path, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      starts.push(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      await eventually(() => READY.test(output) || hasEnded(child), READY_WITHIN_MS);
      if (hasEnded(child)) throw new Error(`the start gave up: ${output}`);
      const keys = (): readonly string[] => output.match(API_KEY) ?? [];
      return {
        pid: child.pid!,
        readyAfterMs: performance.now() - startedAtMs,
        output: () => output,
        keys,
        async firstKey() {
          await eventually(() => keys().length > 0);
          return keys()[0]!;
        },
        restarts: (name) => output.split(`gangway: ${name.replace('-server', '')} serves again.`).length - 1,
        async end(signal) {
          child.kill(signal);
          await eventually(() => hasEnded(child), STOPS_WITHIN_MS);
          return child.exitCode;
        },
      };
    },
    pid: (name) => installation.pid(name),
    kill(name) {
      const pid = installation.pid(name);
      if (pid === 0) throw new Error(`there is no process ${name}`);
      process.kill(pid, 'SIGKILL');
      return pid;
    },
    async killAndAwait(start, name) {
      const before = start.restarts(name);
      const killedAtMs = performance.now();
      machine.kill(name);
      await eventually(
        async () => start.restarts(name) > before && (await machine.isReady()),
        RESTARTED_WITHIN_MS,
      );
      return performance.now() - killedAtMs;
    },
    async isReady() {
      try {
        const response = await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(5_000) });
        await response.arrayBuffer();
        return response.status === 200;
      } catch {
        return false; // Nobody listens.
      }
    },
    async heldPorts() {
      const held = await Promise.all(installation.ports.map(isHeld));
      return installation.ports.filter((_port, index) => held[index]);
    },
    databaseUri() {
      const secret = readFileSync(join(installation.dataFolder, 'store-secret'), 'utf8').trim();
      const options = 'authMechanism=PLAIN&authSource=$external&directConnection=true';
      return `mongodb://gangway:${secret}@127.0.0.1:${storePort}/gangway?${options}`;
    },
    async close() {
      for (const child of starts) child.kill('SIGTERM');
      const giveUpAt = performance.now() + STOPS_WITHIN_MS;
      while (!starts.every(hasEnded) && performance.now() < giveUpAt) await sleep(50);
      for (const child of starts) child.kill('SIGKILL');
      await endLeftovers(installation);
      installation.remove();
    },
  };
  return machine;
}

/** A process as it is now, told apart from whatever is given its pid later: pids come round within minutes. */
export interface SeenProcess {
  readonly pid: number;
  isRunning(): boolean;
}

export function seeProcess(pid: number): SeenProcess {
  const identity = processIdentity(pid);
  return { pid, isRunning: () => identity !== undefined && processIdentity(pid) === identity };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A search path on which there is neither a database nor a Temporal server, so that every machine runs the same parts. */
function onlySetpriv(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const setpriv = findOnPath('setpriv', process.env['PATH']);
  if (setpriv !== undefined) symlinkSync(setpriv, join(folder, 'setpriv'));
  return folder;
}

/** The children end by themselves when their supervisor is gone; what has not is ended. */
async function endLeftovers({ dataFolder }: Installation): Promise<void> {
  await Promise.all(
    PROCESSES.map((name) => clearLeftover(join(dataFolder, 'run', `${name}.pid`), dataFolder)),
  );
}
