import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from '../../shared/platform/config/read-secret.ts';
import type { FailureMessage, ReadyMessage } from '../../shared/platform/child-process.ts';

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
  /** Its first message. Never settles when there is none. */
  readonly firstMessage: Promise<ReadyMessage | FailureMessage>;
  /** Why it ended, for a sentence: `exit code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void;
}

const messageSchema = z.union([
  z.object({
    ready: z.literal(true),
    port: z.number().exactOptional(),
    firstApiKey: z.string().exactOptional(),
  }),
  z.object({ ready: z.literal(false), code: z.string(), message: z.string() }),
]);

/**
 * Starts the child in a process group of its own, so that Ctrl-C reaches only the supervisor, which stops the children
 * in order. Its output goes to `onOutput`, its pid into `pidFile`.
 */
export function runChild(
  command: ChildCommand,
  pidFile: string,
  onOutput: (text: string) => void,
): RunningChild {
  const child = fork(command.entry, command.args, {
    env: { ...command.env },
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.setEncoding('utf8').on('data', onOutput);
  child.stderr?.setEncoding('utf8').on('data', onOutput);
  if (child.pid !== undefined) writeFileSync(pidFile, String(child.pid));
  return {
    pid: child.pid,
    firstMessage: firstMessage(child),
    ended: ended(child),
    kill: (signal) => child.kill(signal),
  };
}

function firstMessage(child: ChildProcess): Promise<ReadyMessage | FailureMessage> {
  return new Promise((resolve) => {
    child.once('message', (message) => {
      const parsed = messageSchema.safeParse(message);
      const misunderstood = {
        ready: false,
        code: 'BAD_MESSAGE',
        message: 'The first message was not understood.',
      } as const;
      resolve(parsed.success ? parsed.data : misunderstood);
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
