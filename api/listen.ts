import type { Server } from 'node:http';
import type { Express } from 'express';

const HOST = '127.0.0.1';

/** Serves on the loopback address; port 0 takes any free one. Rejects with the system's error when it cannot. */
export function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, HOST, (error?: Error) => {
      if (error === undefined) resolve(server);
      else reject(error);
    });
  });
}
