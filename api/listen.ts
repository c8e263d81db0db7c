import type { Server } from 'node:http';
import type { Express } from 'express';

/** A file of 50 MB takes as long over a line of 256 kbit/s. Heads of requests keep Node's own, shorter limit. */
const SLOWEST_REQUEST_MS = 30 * 60_000;

/** Serves on the loopback address unless told another; port 0 takes any free one. Rejects with the system's error when it cannot. */
export function listen(
  app: Express,
  port: number,
  host = '127.0.0.1',
): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => {
      server.requestTimeout = SLOWEST_REQUEST_MS;
      const address = server.address();
      if (error !== undefined) reject(error);
      else if (typeof address === 'object' && address !== null) resolve({ server, port: address.port });
      else reject(new Error('the API got no port'));
    });
  });
}
