import { join } from 'node:path';
import type { ReadyMessage } from '../../shared/platform/child-process.ts';
import { clearLeftover } from '../host/clear-leftover.ts';
import { pause } from '../host/pause.ts';
import { systemReason } from '../../shared/platform/config/error-code.ts';
import { openChildLog } from './child-log.ts';
import { createConsoleRelay } from './console-relay.ts';
import { runChild } from './run-child.ts';
import type { ChildCommand, RunningChild } from './run-child.ts';
import type { SupervisorOptions } from './supervisor-options.ts';

/** What came of one start of a child. */
export type Attempt =
  | { readonly kind: 'serving'; readonly child: RunningChild; readonly ready: ReadyMessage }
  /** Worth another try: it ended, or said nothing in time. Nothing is left running. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** It said itself, in a sentence, why it cannot serve. Nothing is left running. */
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }
  | { readonly kind: 'interrupted' };

/** Returns a function that starts the child once, after ending what an earlier start of it left behind. Never rejects. */
export function createAttempts(command: ChildCommand, options: SupervisorOptions): () => Promise<Attempt> {
  const { folder, print, stopping } = options;
  const { name } = command;
  const writeLog = openChildLog(childLogFile(command, options), { onProblem: print });

  const launch = (): RunningChild => {
    const show = createConsoleRelay((line) => {
      if (!stopping.aborted) print(`${name}: ${line}`);
    }, command.consoleLevel);
    return runChild(command, childPidFile(name, options), {
      onOutput: (text) => {
        writeLog(text);
        show(text);
      },
      onProgress: (sentence) => print(`${name}: ${sentence}`),
      readMetrics: () => options.metrics.readFor(name),
    });
  };

  return async () => {
    try {
      await clearLeftover(childPidFile(name, options), folder.root);
      await clearLeftover(serverPidFile(name, options), folder.root);
      if (stopping.aborted) return { kind: 'interrupted' };
      return await untilServing(launch(), options);
    } catch (error) {
      return { kind: 'failed', reason: `cannot be started: ${systemReason(error)}` };
    }
  };
}

export function childLogFile(command: ChildCommand, options: SupervisorOptions): string {
  return join(options.folder.logs, `${command.name}.log`);
}

function childPidFile(name: string, options: SupervisorOptions): string {
  return join(options.folder.run, `${name}.pid`);
}

/** The foreign server behind a guardian. */
function serverPidFile(name: string, options: Pick<SupervisorOptions, 'folder'>): string {
  return join(options.folder.run, `${name}-server.pid`);
}

async function untilServing(child: RunningChild, options: SupervisorOptions): Promise<Attempt> {
  const { patience, stopping } = options;
  const done = new AbortController();
  const answered = child.firstMessage.then((message): Attempt =>
    message.ready
      ? { kind: 'serving', child, ready: message }
      : { kind: 'refused', code: message.code, sentence: message.message },
  );
  const ended = child.ended.then((how): Attempt => ({ kind: 'failed', reason: `stopped (${how})` }));
  const outcome = await Promise.race([
    answered,
    ended,
    nothingHeardFor(child, patience.readyWithinMs, done.signal).then((): Attempt => {
      return { kind: 'failed', reason: `was not ready within ${patience.readyWithinMs / 1000} s` };
    }),
    whenAborted(stopping, done.signal).then((): Attempt => ({ kind: 'interrupted' })),
  ]);
  done.abort();
  if (outcome.kind !== 'serving') await endChild(child, patience.stopsWithinMs);
  return outcome;
}

/** A migration may take longer than a start: whoever tells of progress is waited for. */
async function nothingHeardFor(child: RunningChild, ms: number, cancelled: AbortSignal): Promise<void> {
  let heard: number;
  do {
    heard = child.progressCount();
    await pause(ms, cancelled);
  } while (child.progressCount() > heard && !cancelled.aborted);
}

/** Asks the child to stop, and kills it when it has not within `stopsWithinMs`. Resolves when it is gone. */
export async function endChild(child: RunningChild, stopsWithinMs: number): Promise<void> {
  const killer = setTimeout(() => child.kill('SIGKILL'), stopsWithinMs);
  child.kill('SIGTERM');
  await child.ended;
  clearTimeout(killer);
}

function whenAborted(signal: AbortSignal, cancelled: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: cancelled });
  });
}
