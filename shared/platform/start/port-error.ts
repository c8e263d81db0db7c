import { StartError } from '../../errors/start/start-error.ts';
import { errorCode, systemReason } from '../config/error-code.ts';

/** Why a port cannot be listened on, from the system's error. */
export function portError(
  error: unknown,
  port: { readonly port: number; readonly what: string; readonly variable: string },
): StartError {
  return errorCode(error) === 'EADDRINUSE'
    ? StartError.of('PORT_IN_USE', port, { cause: error })
    : StartError.of('PORT_UNAVAILABLE', { ...port, reason: systemReason(error) }, { cause: error });
}
