import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built store as a process of its own, to be killed, locked out and watched from outside. */
export const STORE_ENTRY = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'dist',
  'standalone',
  'store',
  'main.js',
);

export interface Workplace {
  readonly folder: string;
  readonly secretFile: string;
  readonly secret: string;
  readonly remove: () => void;
}

export function createWorkplace(): Workplace {
  const root = mkdtempSync(join(tmpdir(), 'gangway-store-'));
  const secretFile = join(root, 'secret');
  const secret = randomBytes(24).toString('hex');
  writeFileSync(secretFile, `${secret}\n`, { mode: 0o600 });
  return {
    folder: join(root, 'data'),
    secretFile,
    secret,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function storeEnvironment(workplace: Workplace, port = 0): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_OPTIONS: '',
    GANGWAY_STORE_FOLDER: workplace.folder,
    GANGWAY_STORE_PORT: String(port),
    GANGWAY_STORE_SECRET_FILE: workplace.secretFile,
  };
}

export function uriOf(workplace: Workplace, port: number, secret = workplace.secret): string {
  const options =
    'authMechanism=PLAIN&authSource=%24external&directConnection=true&serverSelectionTimeoutMS=3000';
  return `mongodb://gangway:${secret}@127.0.0.1:${port}/gangway?${options}`;
}

export interface StoreProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** What it wrote to its standard error. */
  readonly said: () => string;
  readonly kill: () => Promise<void>;
}

export async function startStoreProcess(workplace: Workplace): Promise<StoreProcess> {
  const child = spawn(process.execPath, [STORE_ENTRY], {
    env: storeEnvironment(workplace),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`the store ended with ${String(code)}: ${said}`)));
  });
  return { child, port, said: () => said, kill: () => killHard(child) };
}

export function killHard(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Runs the store until it ends by itself. */
export function runStore(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [STORE_ENTRY], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, said })));
}
