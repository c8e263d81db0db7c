import { StartError } from '../shared/errors/start/start-error.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { formatTable } from '../shared/platform/format-table.ts';
import { startStandalone } from './start-standalone.ts';
import type { Running } from './start-standalone.ts';

/* Entry of `npm start`. Runs until SIGINT, SIGTERM or SIGHUP; a second one leaves at once and the children follow by themselves. */

const interrupt = new AbortController();
const interrupted = new Promise<void>((resolve) =>
  interrupt.signal.addEventListener('abort', () => resolve()),
);

function onSignal(): void {
  if (interrupt.signal.aborted) process.exit(1);
  interrupt.abort();
}

function announce(running: Running): void {
  say(`Gangway runs. Ctrl-C stops it.\n\n${formatTable(running.summary)}\n`);
  if (running.firstApiKey !== undefined) {
    say(`The first API key, shown only this once:\n\n  ${running.firstApiKey}\n`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function explain(error: unknown): string {
  if (error instanceof StartError) return `${error.message} [${error.code}]`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function run(): Promise<void> {
  const running = await startStandalone({
    config: readConfig(process.env),
    env: process.env,
    signal: interrupt.signal,
  });
  announce(running);
  await interrupted;
  say('Stopping …');
  await running.stop();
  say('Stopped.');
}

// What the servers write is for this user only, in a data folder somebody else made as well.
process.umask(0o077);
(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).forEach((signal) => process.on(signal, onSignal));
try {
  await run();
} catch (error) {
  process.stderr.write(`gangway: ${explain(error)}\n`);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}
