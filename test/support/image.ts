import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { eventually } from './installation.ts';
import { commandOf, environmentOf, instructionsOf, stageNamed } from './dockerfile.ts';

/** A user without rights, where this one may become it. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** A process of the image under way. */
export interface ImageProcess {
  output(): string;
  /** Sends the signal; gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** What an image of the Dockerfile is without a container: its files in a folder, its commands as processes. */
export interface Image {
  /** Its `/app`. */
  readonly appFolder: string;
  /** Its `/data`. */
  readonly dataFolder: string;
  /** Its CMD, in its environment and the one given. */
  start(stage: string, env: Readonly<Record<string, string>>): ImageProcess;
  /** A command until it ends, as `docker compose exec` runs it. */
  exec(
    stage: string,
    command: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
}

/**
 * Carries out the instructions of the Dockerfile in `folder`: the build stage with its own commands, in a copy of what
 * `.dockerignore` lets through, then the copies of the stages that run. Takes what npm needs from its cache where it can.
 */
export function buildImage(folder: string): Image {
  const build = join(folder, 'build');
  const [appFolder, dataFolder] = [join(folder, 'app'), join(folder, 'data')];
  chmodSync(folder, 0o755);
  mkdirSync(build);
  for (const { word, rest } of stageNamed('build').instructions) {
    if (word === 'COPY') copyFromContext(rest.split(' ').slice(0, -1), build);
    if (word === 'RUN') run(rest, build);
  }
  mkdirSync(appFolder);
  for (const { rest } of instructionsOf('api').filter(({ word }) => word === 'COPY')) {
    const [, from = '', to = ''] = rest.split(' ');
    const name = from.replace('/build/', '');
    renameSync(join(build, name), join(appFolder, to.endsWith('/') ? join(to, name) : to));
  }
  mkdirSync(dataFolder, { mode: 0o700 });
  if (isRoot) chownSync(dataFolder, NOBODY, NOBODY);
  return { appFolder, dataFolder, ...processesOf(appFolder, dataFolder) };
}

function processesOf(app: string, dataFolder: string): Pick<Image, 'start' | 'exec'> {
  const options = (stage: string, env: Readonly<Record<string, string>>) => ({
    cwd: app,
    env: { ...environmentOf(stage), PATH: dirname(process.execPath), GANGWAY_DATA: dataFolder, ...env },
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return {
    start(stage, env) {
      const [command = '', ...args] = commandOf(stage, 'CMD');
      return watch(spawn(command, args, { ...options(stage, env), stdio: ['ignore', 'pipe', 'pipe'] }));
    },
    async exec(stage, [command = '', ...args], env) {
      const child = spawn(command, args, { ...options(stage, env), stdio: ['ignore', 'pipe', 'pipe'] });
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      return { code, output, errors };
    },
  };
}

function watch(child: ChildProcess): ImageProcess {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    output: () => output,
    async end(signal) {
      child.kill(signal);
      await eventually(hasEnded, 30_000);
      return child.exitCode;
    },
  };
}

function copyFromContext(names: readonly string[], to: string): void {
  const ignore = readFileSync(join(packageRoot, '.dockerignore'), 'utf8').split('\n');
  const context = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  for (const name of names.includes('.') ? context : names)
    cpSync(join(packageRoot, name), join(to, name), { recursive: true });
}

function run(command: string, cwd: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    cwd,
    env: { ...process.env, npm_config_prefer_offline: 'true', NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}
