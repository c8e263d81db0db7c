import type { Server } from 'node:http';
import type { Express } from 'express';

const HOST = '127.0.0.1';

/** Serves on the loopback address; port 0 takes any free one. Rejects with the system's error when it cannot. */
export function listen(
  app: Express,
  port: number,
): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, HOST, (error?: Error) => {
      const address = server.address();
      if (error !== undefined) reject(error);
      else if (typeof address === 'object' && address !== null) resolve({ server, port: address.port });
      else reject(new Error('the API got no port'));
    });
  });
}
