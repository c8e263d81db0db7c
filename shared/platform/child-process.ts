/** What a child of the supervisor needs; both functions also work, with nothing to tell, in a process started by hand. */

/** Shorter than the supervisor's patience (standalone/processes/supervisor-options.ts). */
const STOP_DEADLINE_MS = 15_000;

interface ReadyInfo {
  readonly port?: number;
  /** The API's first key; given once, when it was made. */
  readonly firstApiKey?: string;
}

export interface ReadyMessage extends ReadyInfo {
  readonly ready: true;
}

/** What a child is busy with before it can serve. As long as it says something, it is not given up. */
export interface ProgressMessage {
  readonly progress: string;
}

/** Why a child cannot start, in one sentence that a person may read. Holds no secrets. */
export interface FailureMessage {
  readonly ready: false;
  readonly code: string;
  readonly message: string;
}

/** Whether somebody listens to what this process announces. */
export function isSupervised(): boolean {
  return process.send !== undefined;
}

/** Tells the supervisor that this process serves from now on. */
export function announceReady(info: ReadyInfo = {}): void {
  process.send?.({ ready: true, ...info } satisfies ReadyMessage);
}

/** Tells the supervisor, in a sentence, what keeps this process from serving yet. */
export function announceProgress(sentence: string): void {
  process.send?.({ progress: sentence } satisfies ProgressMessage);
}

/** Tells the supervisor why this process gives up; the caller then exits. */
export function announceFailure(code: string, message: string): void {
  process.send?.({ ready: false, code, message } satisfies FailureMessage);
}

/**
 * Stops this process on SIGTERM, on SIGINT and when the supervisor is gone (its IPC channel closes, also on kill -9).
 * `onStop` runs once; the process then exits with 0, or with 1 when `onStop` rejects. When it takes longer than 15 s and
 * `drainMs` the process is killed, since an exit could still wait for native threads that wait for a server that is gone. A
 * second signal ends it at once, with 1.
 */
export function exitWithParent(onStop: () => Promise<void>, drainMs = 0): void {
  const deadlineMs = STOP_DEADLINE_MS + drainMs;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      process.stderr.write(`stopping took longer than ${deadlineMs} ms\n`);
      process.kill(process.pid, 'SIGKILL');
    }, deadlineMs).unref();
    onStop().then(
      () => end(0),
      (error: unknown) =>
        exitWith(1, error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  };
  let signalled = false;
  const onSignal = (): void => {
    if (signalled) exitWith(1, 'ended by a second signal');
    signalled = true;
    stop();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (process.send === undefined) return;
  process.on('disconnect', stop);
  if (!process.connected) stop();
}

/** Where the supervisor is gone nobody looks at the code, and an exit could wait for what a dead server never answers. */
function end(code: number): never {
  if (process.send !== undefined && !process.connected) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

function exitWith(code: number, reason: string): never {
  process.stderr.write(`${reason}\n`);
  end(code);
}
