import { errorCode } from '../shared/platform/config/error-code.ts';

/** Why `npm start` gives up. Stable: scripts may match on them. */
type StartErrorCode =
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_UNUSABLE'
  | 'CACHE_FOLDER_UNUSABLE'
  | 'PORT_IN_USE'
  | 'NO_GO'
  | 'BUILD_FAILED'
  | 'STORE_UNREACHABLE'
  | 'NOT_BUILT'
  | 'CHILD_FAILED'
  | 'INTERRUPTED';

/** The message is one sentence that names the variable or the remedy and holds no secrets. */
export class StartError extends Error {
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.code = code;
  }
}

/** `EACCES` and its like, for the end of a sentence. */
export function systemReason(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.message : String(error));
}
