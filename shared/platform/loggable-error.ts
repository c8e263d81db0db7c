export interface LoggableError {
  readonly name: string;
  readonly code?: string;
  /** Only where the text is ours or the language's: a driver's repeats values, which may be names and addresses. */
  readonly message?: string;
  readonly frames: readonly string[];
  readonly cause?: LoggableError;
}

const PLAIN = ['Error', 'TypeError', 'ReferenceError', 'RangeError', 'AssertionError'];
/** Our own, by name: whoever writes their texts keeps values out. */
const OURS = [
  'ArchiveFailed',
  'DirectoryUnavailable',
  'MailNotSent',
  'SecretUnreadable',
  'StartError',
  'StepFailed',
  'StoreUnavailable',
  'TargetUnavailable',
];
const SHOWN = new Set([...PLAIN, ...OURS]);
const MOST_CAUSES = 3;

/** What a log may hold of an error that was not foreseen: enough to find the place, nothing of the data. */
export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!isErrorLike(error)) return { name: typeof error, frames: [] };
  const { name, code, message, stack, cause } = error;
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return {
    name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(SHOWN.has(name) ? { message } : {}),
    frames: frames.map((line) => line.trim()),
    ...(cause === undefined || depth >= MOST_CAUSES ? {} : { cause: loggableError(cause, depth + 1) }),
  };
}

/** Does not ask for the class: an error may come from another realm. */
function isErrorLike(error: unknown): error is Error & { readonly code?: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error && 'name' in error;
}
