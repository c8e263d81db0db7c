import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { distFolder, packageRoot } from '../../../shared/platform/config/package-root.ts';
import { StartError } from '../../../shared/errors/start/start-error.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { startStandalone } from '../../../standalone/start-standalone.ts';
import type { StandaloneOptions } from '../../../standalone/start-standalone.ts';
import type { Installation } from '../installation.ts';

/** What somebody is told whose start failed. */
export interface Told {
  readonly code: string;
  readonly sentence: string;
  readonly exitCode: number | null;
}

/** Makes one way of failing happen, on an installation of its own. */
export type Provocation = (installation: Installation, after: (end: () => unknown) => void) => Promise<Told>;

const FAKES = join(packageRoot, 'test', 'support', 'fake-children');
export const FAKE_CHILDREN = { worker: join(FAKES, 'fake-worker.mjs'), api: join(FAKES, 'fake-api.mjs') };

/** `npm start` once everything is built. */
export function main(
  installation: Installation,
  changes: Readonly<Record<string, string>> = {},
): Promise<Told> {
  return entry(join(distFolder, 'standalone', 'main.js'), { ...installation.env, ...changes });
}

/** Runs an entry until it ends. */
export function entry(
  file: string,
  env: Readonly<Record<string, string>>,
  { nodeOptions = [], onStart }: { nodeOptions?: readonly string[]; onStart?: (pid: number) => void } = {},
): Promise<Told> {
  const child = spawn(process.execPath, [...nodeOptions, file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  onStart?.(child.pid ?? 0);
  return new Promise((resolve) => {
    child.once('close', (exitCode) => {
      const [, sentence = errors, code = 'none'] = /^gangway: ([^\n]*) \[(\w+)\]$/mu.exec(errors) ?? [];
      resolve({ code, sentence, exitCode });
    });
  });
}

/** What `main.ts` would tell of it, and leave with. */
export function toldBy(error: unknown): Told {
  if (!(error instanceof StartError)) throw error;
  return { code: error.code, sentence: error.message, exitCode: error.exitCode };
}

/** A start in this process, for what only its options can do. */
export async function start(
  { env }: Installation,
  options: Partial<StandaloneOptions>,
  changes: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const changed = { ...env, ...changes };
  try {
    const running = await startStandalone({
      ...{ config: readConfig(changed), env: changed, children: FAKE_CHILDREN, print: () => undefined },
      ...options,
    });
    await running.stop();
  } catch (error) {
    return toldBy(error);
  }
  throw new Error('the start did not fail');
}
