type TemporalErrorCode = 'TEMPORAL_UNREACHABLE' | 'TEMPORAL_TOO_OLD' | 'TEMPORAL_NAMESPACE';

/** The server cannot be used as it is. The message is one sentence that names the address and the remedy. */
export class TemporalError extends Error {
  readonly code: TemporalErrorCode;

  constructor(code: TemporalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TemporalError';
    this.code = code;
  }
}
