import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ApiUnreachable, createApiClient } from '../../../shared/platform/api-client/api-client.ts';
import type { ApiAnswer, ApiClientOptions } from '../../../shared/platform/api-client/api-client.ts';
import type { ServerEvent } from '../../../shared/platform/api-client/server-events.ts';
import { startStubServer } from '../../support/stub-server.ts';
import type { StubAnswer, StubServer } from '../../support/stub-server.ts';

let server: StubServer;
afterEach(() => server.close());

const PATH = '/v1/departures/cas_1/events';
type Hands = (response: ServerResponse) => void;

/** Each time somebody comes, the next of these; the last again and again. */
async function follows(
  visits: readonly (Hands | StubAnswer | 'gone')[],
  options: Partial<ApiClientOptions> = {},
): Promise<AsyncGenerator<ServerEvent, ApiAnswer>> {
  let visit = 0;
  server = await startStubServer(() => {
    const now = visits[Math.min(visit++, visits.length - 1)]!;
    return typeof now === 'function' ? { stream: now } : now;
  });
  return createApiClient({ url: server.url, patienceMs: 0, ...options }).follow(PATH);
}

const event = (id: string): string => `event: case\nid: ${id}\ndata: {"n":"${id}"}\n\n`;
const tells =
  (...ids: readonly string[]): Hands =>
  (response) =>
    void response.write(ids.map(event).join(''));
/** Tells, and goes away without an end. */
const tellsAndIsCut =
  (id: string): Hands =>
  (response) =>
    void response.write(event(id), () => response.destroy());

/** The ids of the next so many events. */
async function next(events: AsyncGenerator<ServerEvent, ApiAnswer>, count: number) {
  const ids: (string | undefined)[] = [];
  while (ids.length < count) {
    const { value, done } = await events.next();
    if (done === true) throw new Error(`it ended with ${value.status}`);
    ids.push(value.id);
  }
  return ids;
}
const cameFor = (): readonly unknown[] => server.seen.map((one) => one.lastEventId);
const leave = (events: AsyncGenerator<ServerEvent, ApiAnswer>) => events.return({ status: 0, body: {} });

describe('a stream of events', () => {
  test('is read event by event, however its bytes come', async () => {
    const bytes = Buffer.from(
      'retry: 2000\n\n: sign\n\nevent: step\nid: 1\ndata: {"name":"Zoë"}\n\ndata: x\n\n',
    );
    const events = await follows([
      (response) => {
        void (async () => {
          for (const byte of bytes) {
            response.write(Buffer.from([byte]));
            await new Promise((resolve) => setImmediate(resolve));
          }
        })();
      },
    ]);
    expect((await events.next()).value).toEqual({ name: 'step', id: '1', data: '{"name":"Zoë"}' });
    expect((await events.next()).value).toEqual({ name: 'message', id: undefined, data: 'x' });
    await leave(events);
  });

  test('that was cut goes on after the last event that came, also when the server ended it', async () => {
    const ends: Hands = (response) => response.end(`${event('2')}data: without an id\n\n`);
    const events = await follows([tellsAndIsCut('1'), ends, tells('3')]);
    expect(await next(events, 4)).toEqual(['1', '2', undefined, '3']);
    await leave(events);
    expect(cameFor()).toEqual([undefined, '1', '2']);
  });

  test('that tells nothing for too long is taken for cut', async () => {
    const events = await follows([tells('1'), tells('2')], { silentAfterMs: 200 });
    expect(await next(events, 2)).toEqual(['1', '2']);
    await leave(events);
    expect(cameFor()).toEqual([undefined, '1']);
  });

  test('is not, as long as it shows that it lives', async () => {
    const lives: Hands = (response) => {
      void (async () => {
        for (let sign = 0; sign < 8; sign += 1) {
          response.write(': nothing new\n\n');
          await sleep(100);
        }
        response.write(event('1'));
      })();
    };
    const events = await follows([lives], { silentAfterMs: 400 });
    expect(await next(events, 1)).toEqual(['1']);
    await leave(events);
    expect(server.seen).toHaveLength(1);
  });

  test('outlives an absence of a server that was there, told once', async () => {
    let told = 0;
    const away = { status: 502, body: '<html>' };
    const events = await follows([tellsAndIsCut('1'), 'gone', away, tells('2')], {
      patienceOnceAnsweredMs: 10_000,
      onRepeat: () => (told += 1),
    });
    expect(await next(events, 2)).toEqual(['1', '2']);
    await leave(events);
    expect(cameFor()).toEqual([undefined, '1', '1', '1']);
    expect(told).toBe(1);
  });

  test('of a server that does not come back ends as nobody there', async () => {
    const events = await follows([tellsAndIsCut('1'), 'gone']);
    expect(await next(events, 1)).toEqual(['1']);
    await expect(events.next()).rejects.toThrow(ApiUnreachable);
  });

  test('that is refused gives the refusal, at once and after it was resumed', async () => {
    const refusal = { status: 403, body: { code: 'SCOPE_MISSING' } };
    const events = await follows([tellsAndIsCut('1'), refusal]);
    await next(events, 1);
    expect(await events.next()).toEqual({ done: true, value: refusal });
    expect(server.seen).toHaveLength(2);
  });

  test('is none where something else is answered', async () => {
    const events = await follows([{ body: { id: 'cas_1' } }]);
    expect(await events.next()).toEqual({ done: true, value: { status: 200, body: { id: 'cas_1' } } });
  });

  test('is left by whoever has seen enough, and by an interruption', async () => {
    const left: Promise<void>[] = [];
    const noticing: Hands = (response) => {
      left.push(new Promise((resolve) => response.once('close', resolve)));
      response.write(event('1'));
    };
    const enough = await follows([noticing]);
    await next(enough, 1);
    await leave(enough);
    await left[0];
    await server.close();
    const interrupt = new AbortController();
    const interrupted = await follows([noticing], { signal: interrupt.signal });
    await next(interrupted, 1);
    setTimeout(() => interrupt.abort(), 50);
    await expect(interrupted.next()).rejects.toThrow('aborted');
    await left[1];
    expect(server.seen).toHaveLength(1);
  });
});
