import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from '../../shared/platform/config/read-secret.ts';
import type { FailureMessage, ReadyMessage } from '../../shared/platform/child-process.ts';
import { answerMetrics, askForMetrics, isOfMetrics } from '../../shared/platform/metrics/metrics-channel.ts';

/** Who asks stops before who answers: no request meets a server that is gone. */
export const STOP_ORDER = ['api', 'worker', 'temporal', 'store'] as const;
export type ChildName = (typeof STOP_ORDER)[number];

/** One child: a compiled Node entry that speaks shared/platform/child-process.ts. */
export interface ChildCommand {
  readonly name: ChildName;
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Environment;
  /** From which level on its log lines are shown on the console (40 warnings, 50 errors). */
  readonly consoleLevel?: number;
}

export interface RunningChild {
  readonly pid: number | undefined;
  /** Its first message that is no progress. Never settles when there is none. */
  readonly firstMessage: Promise<ReadyMessage | FailureMessage>;
  /** How often it has told what keeps it from serving. */
  readonly progressCount: () => number;
  /** Why it ended, for a sentence: `exit code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void;
  /** `undefined` when it does not tell in time. */
  readonly askMetrics: () => Promise<string | undefined>;
}

const messageSchema = z.union([
  z.object({ progress: z.string() }),
  z.object({
    ready: z.literal(true),
    port: z.number().exactOptional(),
    firstApiKey: z.string().exactOptional(),
  }),
  z.object({ ready: z.literal(false), code: z.string(), message: z.string() }),
]);

/** What is done with what a child says. */
export interface ChildListener {
  readonly onOutput: (text: string) => void;
  /** It is not ready yet, and says what it does. */
  readonly onProgress: (sentence: string) => void;
  /** Told to it when it asks for metrics. */
  readonly readMetrics: () => Promise<string>;
}

/** A child that is busy for longer is not well. */
const TELLS_METRICS_WITHIN_MS = 1_500;

/**
 * Starts the child in a process group of its own, so that Ctrl-C reaches only the supervisor, which stops the children
 * in order. Its pid goes into `pidFile`.
 */
export function runChild(
  command: ChildCommand,
  pidFile: string,
  { onOutput, onProgress, readMetrics }: ChildListener,
): RunningChild {
  const child = fork(command.entry, command.args, {
    env: { ...command.env },
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.setEncoding('utf8').on('data', onOutput);
  child.stderr?.setEncoding('utf8').on('data', onOutput);
  answerMetrics(child, readMetrics);
  if (child.pid !== undefined) writeFileSync(pidFile, String(child.pid));
  let progressCount = 0;
  return {
    pid: child.pid,
    firstMessage: firstMessage(child, (sentence) => {
      progressCount += 1;
      onProgress(sentence);
    }),
    progressCount: () => progressCount,
    ended: ended(child),
    kill: (signal) => child.kill(signal),
    askMetrics: () => askForMetrics(child, TELLS_METRICS_WITHIN_MS),
  };
}

const MISUNDERSTOOD: FailureMessage = {
  ready: false,
  code: 'BAD_MESSAGE',
  message: 'The first message was not understood.',
};

function firstMessage(
  child: ChildProcess,
  onProgress: (sentence: string) => void,
): Promise<ReadyMessage | FailureMessage> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (isOfMetrics(message)) return;
      const parsed = messageSchema.safeParse(message);
      if (!parsed.success) resolve(MISUNDERSTOOD);
      else if ('progress' in parsed.data) onProgress(parsed.data.progress);
      else resolve(parsed.data);
    });
  });
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      const how = signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`;
      // Its last words may still be on the way: they are read before the channel closes.
      if (child.connected) child.once('disconnect', () => resolve(how));
      else resolve(how);
    });
  });
}
