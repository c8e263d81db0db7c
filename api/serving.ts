import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StopTimes {
  /** How long it goes on serving, not ready any more, before it stops to listen: for a load balancer to notice. */
  readonly leadMs: number;
  /** What is under way then has this long. */
  readonly withinMs: number;
}

export interface Serving {
  /**
   * Stops without dropping anybody: `stopping` is aborted first, every answer from then on closes its connection, and what
   * is under way comes to its end. Resolves when no connection is left.
   */
  stop(times: StopTimes): Promise<void>;
}

/** Watches the requests of a server. `stopping` is told to whoever serves them. */
export function watchServing(server: Server, stopping: AbortController): Serving {
  const underWay = new Set<ServerResponse>();
  // Before the app: it may answer at once.
  server.prependListener('request', (_request, response: ServerResponse) => {
    underWay.add(response);
    if (stopping.signal.aborted) closeAfter(response);
    response.once('close', () => {
      underWay.delete(response);
      // An answer whose head was sent before the stop has kept its connection. While the server listens, it is left to a
      // next request: closing it would race with one that is on its way.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  return {
    async stop({ leadMs, withinMs }) {
      stopping.abort();
      underWay.forEach(closeAfter);
      await sleep(leadMs);
      const closed = new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      });
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), withinMs);
      await closed;
      clearTimeout(late);
    },
  };
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
