import { createServer } from 'node:net';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { StartError, systemReason } from '../start-errors.ts';

/** Throws a StartError that names the variable when `port` of 127.0.0.1 cannot be listened on. */
export async function requireFreePort(port: number, variable: string, what: string): Promise<void> {
  const problem = await tryToListen(port);
  if (problem === undefined) return;
  const reason =
    errorCode(problem) === 'EADDRINUSE' ? 'in use' : `not available to this user (${systemReason(problem)})`;
  throw new StartError(
    'PORT_IN_USE',
    `Port ${port}, which ${what} needs, is ${reason}: set ${variable} to another one.`,
    { cause: problem },
  );
}

function tryToListen(port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
