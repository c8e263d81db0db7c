import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runCli } from '../../../cli/run-cli.ts';
import { createFakeTerminal } from '../../support/fake-terminal.ts';
import { inTurn, shownInstant, shownStep, shownView } from '../../support/shown-view.ts';
import { startStubServer } from '../../support/stub-server.ts';
import type { Stub, StubAnswer, StubServer } from '../../support/stub-server.ts';

let server: StubServer;
afterEach(() => server.close());

interface Watching {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function watching(stub: Stub, args: readonly string[] = [], signal?: AbortSignal): Promise<Watching> {
  server = await startStubServer(stub);
  const terminal = createFakeTerminal({ GANGWAY_API_KEY: 'gw_key' }, undefined, signal);
  const code = await runCli(['--url', server.url, 'watch', 'cas_1', ...args], terminal);
  return { code, ...terminal.written };
}

/** Looks find these; events are told as `streams` say, the last of them again and again. */
function followed(looks: Stub, ...streams: readonly (StubAnswer | 'gone')[]): Stub {
  let visit = 0;
  return (seen) =>
    seen.path.endsWith('/events') ? streams[Math.min(visit++, streams.length - 1)]! : looks(seen);
}

const event = (name: string, id: string): string => `event: ${name}\nid: ${id}\ndata: {}\n\n`;
const tells = (text: string): StubAnswer => ({ stream: (response) => void response.write(text) });
const told = (name: 'events' | 'looks'): number =>
  server.seen.filter(({ path }) => path.endsWith('/events') === (name === 'events')).length;

const waiting = { ...shownStep, key: 'disable-account', status: 'waiting', dueAt: shownInstant };
const done = { ...waiting, status: 'done', settledAt: shownInstant.utc };
const red = {
  ...waiting,
  status: 'failed',
  error: { code: 'TARGET_UNAVAILABLE', sentence: 'It is down.' },
};
const scheduled = shownView('scheduled', [waiting], { dueAt: shownInstant });
const closed = shownView('completed', [done], { closedAt: shownInstant.utc });

/** Twice it changed, each time with what a change is told by. */
const TWO_CHANGES = tells(
  [
    ...[event('case', '1.0.0'), event('step', '1.0.1'), event('step', '1.0.2')],
    ...[event('case', '2.0.2'), event('step', '2.1.1'), event('end', '2.1.1.end')],
  ].join(''),
);

describe('watch', () => {
  test('looks whenever the case is told, prints what is new with its local instant, and ends with the case', async () => {
    const { code, out, err } = await watching(followed(inTurn(scheduled, closed), TWO_CHANGES));
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'The departure is scheduled, next: 2027-01-29 17:30 +01:00  disable-account.',
      '2027-01-29 17:30 +01:00  disable-account            done',
      'The departure is completed.',
      '',
    ]);
    expect([told('events'), told('looks')]).toEqual([1, 2]);
  });

  test('that ends with a case in need of somebody says so by its exit code, and why', async () => {
    const looks = inTurn(shownView('needs_attention', [red], { needsAttention: true }));
    const { code, out } = await watching(followed(looks, TWO_CHANGES), ['--until', 'needs_attention']);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('failed          It is down. (TARGET_UNAVAILABLE)'),
    ]);
  });

  test('is one JSON document a line with --json', async () => {
    const { out } = await watching(followed(inTurn(closed), TWO_CHANGES), ['--json']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { type: 'step', step: 'disable-account', status: 'done', at: shownInstant.utc },
      {
        ...{ type: 'departure', id: 'cas_1', state: 'completed', needsAttention: false },
        closedAt: shownInstant.utc,
      },
    ]);
  });

  test('outlives a restart: says that nobody answers, goes on where it was, and repeats nothing', async () => {
    const cut: StubAnswer = {
      stream: (response) => void response.write(event('case', '1.0.0'), () => response.destroy()),
    };
    const again = tells(event('case', '2.0.0'));
    const { code, out, err } = await watching(followed(inTurn(scheduled, closed), cut, 'gone', again));
    expect([code, err]).toEqual([0, 'No answer yet; trying again …\n']);
    expect(out.match(/The departure is scheduled/gu)).toHaveLength(1);
    expect(out).toContain('The departure is completed.');
    const visits = server.seen.filter(({ path }) => path.endsWith('/events'));
    expect(visits.map(({ lastEventId }) => lastEventId)).toEqual([undefined, '1.0.0', '1.0.0']);
  });

  test('outlives that the departure itself cannot be read for a while', async () => {
    let looked = 0;
    const looks: Stub = () => (++looked === 1 ? 'gone' : { body: closed });
    const { code, err } = await watching(followed(looks, TWO_CHANGES));
    expect([code, err]).toEqual([0, 'No answer yet; trying again …\n']);
  });

  test('waits for minutes for a Gangway that was there, and not for one that was not', async () => {
    const away = { status: 503, headers: { 'retry-after': '60' }, body: { title: 'The database is away.' } };
    const never = await watching(followed(inTurn(scheduled), away));
    expect([never.code, never.out]).toEqual([3, '']);
    await server.close();
    const ends: StubAnswer = { stream: (response) => response.end(event('case', '1.0.0')) };
    const waits = await watching(followed(inTurn(scheduled), ends, away), [], AbortSignal.timeout(2_000));
    expect([waits.code, waits.err]).toEqual([130, 'No answer yet; trying again …\n']);
  });

  test('of an API that has no events yet looks every second', async () => {
    const unknown = { status: 404, body: { code: 'ROUTE_UNKNOWN', title: 'There is nothing here.' } };
    const beganAtMs = performance.now();
    const { code, out } = await watching(followed(inTurn(scheduled, scheduled, closed), unknown));
    expect([code, out]).toEqual([0, expect.stringContaining('The departure is completed.')]);
    expect([told('events'), told('looks')]).toEqual([1, 3]);
    expect(performance.now() - beganAtMs).toBeGreaterThan(1_900);
  });

  test('is refused at once when the key follows too much already', async () => {
    const exhausted = {
      status: 429,
      headers: { 'retry-after': '10' },
      body: { code: 'STREAMS_EXHAUSTED', title: 'This key has as many streams open as it may.' },
    };
    const refused = await watching(followed(inTurn(scheduled), exhausted));
    expect(refused).toEqual({
      ...{ code: 4, out: '' },
      err: 'gangway: This key has as many streams open as it may. (STREAMS_EXHAUSTED)\n',
    });
    expect([told('events'), told('looks')]).toEqual([1, 0]);
  });

  test('of something that is not Gangway says so', async () => {
    const { code, err } = await watching(() => ({ body: '<html>' }));
    expect([code, err]).toEqual([4, expect.stringContaining('is this the address of Gangway?')]);
  });

  test('ends by Ctrl-C while nothing happens, and hangs up', async () => {
    const interrupt = new AbortController();
    let hungUp: Promise<void> | undefined;
    const stream = (response: ServerResponse): void => {
      hungUp = new Promise((resolve) => response.once('close', resolve));
      response.write(event('case', '1.0.0'));
      setTimeout(() => interrupt.abort(), 200);
    };
    const { code, out } = await watching(followed(inTurn(scheduled), { stream }), [], interrupt.signal);
    expect([code, out]).toEqual([130, expect.stringContaining('The departure is scheduled')]);
    await hungUp;
  });
});
