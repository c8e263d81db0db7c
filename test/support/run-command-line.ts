import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

/** What `npx gangway` runs once everything is built. */
const MAIN = join(packageRoot, 'dist', 'cli', 'main.js');

export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that may still run. */
export interface StartedCommand {
  /** What it has written to standard output so far. */
  out(): string;
  /** Ctrl-C. */
  interrupt(): void;
  readonly ended: Promise<CommandRun>;
}

/** Runs one command as a process of its own, without a terminal. */
export function startCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartedCommand {
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<CommandRun>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return { out: () => out, interrupt: () => void child.kill('SIGINT'), ended };
}

/** The same, to its end. */
export function runCommandLine(...[args, env]: Parameters<typeof startCommandLine>): Promise<CommandRun> {
  return startCommandLine(args, env).ended;
}
