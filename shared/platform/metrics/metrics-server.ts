import { createServer, type IncomingMessage } from 'node:http';
import { Registry } from 'prom-client';
import { mayReadMetrics } from './metrics-access.ts';

export interface MetricsServer {
  close(): Promise<void>;
}

export interface MetricsServerOptions {
  /** `host:port` */
  readonly address: string;
  readonly token: string | undefined;
  readonly read: () => Promise<string>;
  /** Whether the process does its work. */
  readonly isHealthy: () => boolean;
}

/**
 * `/metrics` and `/healthz` of a process that serves nothing else. Rejects with the system's error when it cannot listen
 * there.
 */
export async function serveMetrics(options: MetricsServerOptions): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    answer(request, options).then(
      ({ status, text }) => {
        response.writeHead(status, { 'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text);
      },
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  const { hostname, port } = new URL(`http://${options.address}`);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port === '' ? 80 : port), hostname.replace(/^\[|\]$/gu, ''), resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  { token, read, isHealthy }: MetricsServerOptions,
): Promise<{ readonly status: number; readonly text: string }> {
  const path = request.url?.split('?')[0];
  if (request.method !== 'GET') return { status: 405, text: '' };
  if (path === '/healthz')
    return isHealthy() ? { status: 200, text: 'ok\n' } : { status: 503, text: 'stopping\n' };
  if (path !== '/metrics') return { status: 404, text: '' };
  if (!mayReadMetrics(request, token)) return { status: 401, text: '' };
  return { status: 200, text: await read() };
}
