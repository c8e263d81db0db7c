import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { watchServing, type Serving } from '../../../api/serving.ts';

interface Reply {
  readonly text: string;
  readonly connection: string | undefined;
}

let server: Server;
let port: number;
let serving: Serving;
let stopping: AbortController;
let agent: Agent;
/** Requests that were taken and are not answered until the test says so. */
let taken: ServerResponse[];

beforeEach(async () => {
  taken = [];
  stopping = new AbortController();
  agent = new Agent({ keepAlive: true });
  server = createServer((request, response) => {
    if (request.url === '/slow') taken.push(response);
    else response.end(stopping.signal.aborted ? 'stopping' : 'ready');
  });
  serving = watchServing(server, stopping);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(() => {
  agent.destroy();
  server.close();
  server.closeAllConnections();
});

function ask(path: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, (message: IncomingMessage) => {
      let text = '';
      message.setEncoding('utf8').on('data', (part: string) => (text += part));
      message.on('end', () => resolve({ text, connection: message.headers.connection })).on('error', reject);
    }).on('error', reject);
  });
}

/** One that is under way. */
async function slowRequest(): Promise<{ readonly reply: Promise<Reply> }> {
  const reply = ask('/slow');
  while (taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
  return { reply };
}

describe('stopping', () => {
  test('keeps connections until then', async () => {
    expect(await ask('/')).toEqual({ text: 'ready', connection: 'keep-alive' });
  });

  test('answers what is under way, closes its connection, and takes nobody new', async () => {
    await ask('/');
    const { reply } = await slowRequest();
    const stopped = serving.stop({ leadMs: 0, withinMs: 60_000 });
    await sleep(50);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
    taken[0]?.end('late, and whole');
    expect(await reply).toEqual({ text: 'late, and whole', connection: 'close' });
    await stopped;
  });

  test('goes on serving for the time it is given, says so, and keeps no connection', async () => {
    const stopped = serving.stop({ leadMs: 300, withinMs: 60_000 });
    expect(await ask('/')).toEqual({ text: 'stopping', connection: 'close' });
    await stopped;
    await expect(ask('/')).rejects.toThrow('ECONNREFUSED');
  });

  test('closes nobody who may be sending at this moment while it goes on serving', async () => {
    const waiting = connect(port, '127.0.0.1');
    waiting.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(waiting, 'data');
    const stopped = serving.stop({ leadMs: 300, withinMs: 60_000 });
    await ask('/');
    await sleep(100);
    waiting.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [answer] = (await once(waiting, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/Connection: close.*stopping/su);
    await stopped;
  });

  test('does not wait for a connection whose answer had begun before', async () => {
    const { reply } = await slowRequest();
    taken[0]?.write('begun ');
    const stopped = serving.stop({ leadMs: 0, withinMs: 60_000 });
    await sleep(50);
    taken[0]?.end('and ended');
    expect((await reply).text).toBe('begun and ended');
    const beganAtMs = performance.now();
    await stopped;
    expect(performance.now() - beganAtMs).toBeLessThan(2_000);
  });

  test('cuts off what takes too long', async () => {
    const { reply } = await slowRequest();
    const failed = expect(reply).rejects.toThrow('socket hang up');
    await serving.stop({ leadMs: 0, withinMs: 100 });
    await failed;
  });
});
