import { createServer } from 'node:net';
import { portError } from '../../shared/platform/start/port-error.ts';

/** Throws a StartError that names the variable when `port` of `host` cannot be listened on. */
export async function requireFreePort(
  port: number,
  variable: string,
  what: string,
  host = '127.0.0.1',
): Promise<void> {
  const problem = await tryToListen(port, host);
  if (problem !== undefined) throw portError(problem, { port, variable, what });
}

function tryToListen(port: number, host: string): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
