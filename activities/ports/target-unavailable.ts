/** Thrown by a connector when its target does not answer, or answers that it is busy: the step is tried again. */
export class TargetUnavailable extends Error {
  override readonly name = 'TargetUnavailable';
  /** The target's own wish, from `Retry-After` or its like. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}
