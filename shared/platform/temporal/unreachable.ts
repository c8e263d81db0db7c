import { connect } from 'node:tls';
import { StartError } from '../../errors/start/start-error.ts';
import { errorCode } from '../config/error-code.ts';

const DEFAULT_PORT = 7233;
const ANSWERS_WITHIN_MS = 2_000;

/** Why no connection to `address` came about: nothing there, or something that speaks TLS, which looks the same to gRPC. */
export async function unreachable(address: string, cause: unknown): Promise<StartError> {
  const code = (await speaksTls(address)) ? 'TEMPORAL_SPEAKS_TLS' : 'TEMPORAL_UNREACHABLE';
  return StartError.of(code, { address }, { cause });
}

function speaksTls(address: string): Promise<boolean> {
  const [, host = address, port = String(DEFAULT_PORT)] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
  return new Promise((resolve) => {
    // Nothing is sent: whoever it is, its certificate does not matter.
    const socket = connect({
      host: host.replace(/^\[|\]$/g, ''),
      port: Number(port),
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
    });
    const answer = (tls: boolean): void => {
      resolve(tls);
      socket.destroy();
    };
    socket.setTimeout(ANSWERS_WITHIN_MS, () => answer(false));
    socket.once('secureConnect', () => answer(true));
    // An alert is said in TLS: for example that a certificate of the client is missing.
    socket.once('error', (error) => answer(errorCode(error)?.includes('_ALERT_') === true));
  });
}
