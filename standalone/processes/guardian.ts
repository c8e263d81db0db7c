import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { announceReady, exitWithParent } from '../../shared/platform/child-process.ts';
import { answerMetrics } from '../../shared/platform/metrics/metrics-channel.ts';
import { findOnPath } from '../host/find-on-path.ts';

/*
 * Entry: `guardian.js <pid file> <port> <command> [argument…]`. Runs a foreign server which knows nothing of our IPC
 * channel: stops it when the supervisor is gone, and announces it when it accepts connections on the port of 127.0.0.1.
 * When this process is itself killed, the kernel stops the server (Linux with setpriv); elsewhere the pid file tells the
 * next start what was left behind.
 */
const PROBE_EVERY_MS = 50;
const TERMINATE_WITHIN_MS = 8_000;

const [pidFile, port, command, ...args] = process.argv.slice(2);
if (pidFile === undefined || port === undefined || command === undefined) {
  throw new Error('usage: guardian.js <pid file> <port> <command> [argument…]');
}

const [program, ...programArgs] = [...diesWithUs(), command, ...args];
const server = spawn(program ?? command, programArgs, { stdio: ['ignore', 'inherit', 'inherit'] });
let stopping = false;

const gone = new Promise<void>((resolve) => {
  server.once('error', (error) => {
    process.stderr.write(`${command} cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  server.once('exit', (code) => {
    resolve();
    if (!stopping) process.exit(code ?? 1);
  });
});

exitWithParent(async () => {
  stopping = true;
  server.kill('SIGTERM');
  const killer = setTimeout(() => server.kill('SIGKILL'), TERMINATE_WITHIN_MS);
  await gone;
  clearTimeout(killer);
});

// It counts nothing itself, but tells that it is there.
answerMetrics(process, () => Promise.resolve(''));

if (server.pid !== undefined) {
  writeFileSync(pidFile, String(server.pid));
  await untilAccepting(Number(port));
  announceReady({ port: Number(port) });
}

/** A prefix that asks the kernel to kill the server with this process; it keeps the pid. Empty where there is no such thing. */
function diesWithUs(): readonly string[] {
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv', process.env['PATH']) : undefined;
  if (setpriv === undefined) return [];
  const works = spawnSync(setpriv, ['--pdeathsig', 'KILL', '--', process.execPath, '--version'], {
    stdio: 'ignore',
  });
  return works.status === 0 ? [setpriv, '--pdeathsig', 'KILL', '--'] : [];
}

async function untilAccepting(onPort: number): Promise<void> {
  while (!(await accepts(onPort))) await sleep(PROBE_EVERY_MS);
}

function accepts(onPort: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(onPort, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
