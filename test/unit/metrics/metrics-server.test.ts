import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { serveMetrics, type MetricsServer } from '../../../shared/platform/metrics/metrics-server.ts';
import { freePort } from '../../support/installation.ts';

const token = 'a-token-of-enough-letters';
let address: string;
let server: MetricsServer;
let isHealthy: boolean;

beforeEach(async () => {
  isHealthy = true;
  address = `127.0.0.1:${await freePort()}`;
  server = await serve();
});
afterEach(() => server.close());

function serve(): Promise<MetricsServer> {
  const read = (): Promise<string> => Promise.resolve('own 1\n');
  return serveMetrics({ address, token, read, isHealthy: () => isHealthy });
}

async function ask(path: string, options: RequestInit = {}): Promise<readonly [number, string]> {
  const response = await fetch(`http://${address}${path}`, options);
  return [response.status, await response.text()];
}

describe('a process that serves nothing but its metrics', () => {
  test('tells them to whoever has the token', async () => {
    expect(await ask('/metrics', { headers: { Authorization: `Bearer ${token}` } })).toEqual([
      200,
      'own 1\n',
    ]);
    expect(await ask('/metrics')).toEqual([401, '']);
  });

  test('says to anybody whether it does its work', async () => {
    expect(await ask('/healthz')).toEqual([200, 'ok\n']);
    isHealthy = false;
    expect((await ask('/healthz'))[0]).toBe(503);
  });

  test('has nothing else', async () => {
    expect((await ask('/'))[0]).toBe(404);
    expect((await ask('/metrics', { method: 'POST' }))[0]).toBe(405);
  });

  test('gives up on an address that is taken', async () => {
    await expect(serve()).rejects.toThrow('EADDRINUSE');
  });
});
