import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { openStream } from '../../support/event-stream.ts';
import { has, openFollowed, type FollowedDeparture } from '../../support/followed-departure.ts';
import { createTestPerson, NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let departure: FollowedDeparture;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  departure = await openFollowed(api);
});
afterEach(() => departure.leave());

const reader = (): Promise<string> => api.keyWith(['departures:read']);
const faults = (logs: readonly string[]): readonly string[] =>
  logs.filter((line) => line.includes('"level":50'));
const refusal = async () => {
  const { status, body, headers } = await api.request('GET', `${departure.path}/events`);
  return [status, body['code'], Number(headers.get('retry-after')) > 0];
};

/** Counts how often the case is read for a while. */
async function looksDuring(ms: number): Promise<number> {
  const { cases } = api.repositories;
  const get = cases.get.bind(cases);
  let looks = 0;
  Object.assign(cases, { get: (orgId: string, id: string) => ((looks += 1), get(orgId, id)) });
  await sleep(ms);
  Object.assign(cases, { get });
  return looks;
}

/** On a server that nobody else asks anything. */
async function alone(look: (own: TestApi, followed: FollowedDeparture) => Promise<void>): Promise<void> {
  const own = await startTestApi();
  try {
    await look(own, await openFollowed(own));
  } finally {
    await own.close();
  }
}

/** What the metrics say of streams of events. The request that asks is under way itself. */
async function figures(of: TestApi): Promise<Readonly<Record<string, number | undefined>>> {
  const text = await (await fetch(`${of.url}/metrics`)).text();
  const read = (line: RegExp): number | undefined => {
    const value = line.exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  return {
    open: read(/^gangway_api_streams_open (\d+)$/mu),
    underWay: read(/^gangway_api_requests_under_way (\d+)$/mu),
    ended: read(/^gangway_api_requests_total\{[^}]*events",status="200"\} (\d+)$/mu),
    timed: read(/^gangway_api_request_duration_seconds_count\{[^}]*events"\} (\d+)$/mu),
  };
}

test('needs the scope, and a departure of the same organisation', async () => {
  expect((await departure.follow(undefined, await api.keyWith(['people:*']))).status).toBe(403);
  const stranger = await startTestApi();
  const reply = await stranger.request('GET', `${departure.path}/events`);
  expect([reply.status, reply.body['code']]).toEqual([404, 'DEPARTURE_NOT_FOUND']);
  await stranger.close();
});

test('opens so many streams for one key and gives a place back when one ends', async () => {
  const [first] = await Promise.all([departure.follow(), departure.follow(), departure.follow()]);
  expect(await refusal()).toEqual([429, 'STREAMS_EXHAUSTED', true]);
  expect((await departure.follow(undefined, await reader())).status).toBe(200);
  first.cut();
  await sleep(200);
  expect((await departure.follow()).status).toBe(200);
  expect(await refusal()).toEqual([429, 'STREAMS_EXHAUSTED', true]);
});

test('keeps no place for whoever was gone before the stream began', async () => {
  const { apiKeys } = api.repositories;
  const find = apiKeys.findByHash.bind(apiKeys);
  const slowly = async (hash: string) => (await find(hash), await sleep(200), find(hash));
  Object.assign(apiKeys, { findByHash: slowly });
  const headers = { Authorization: `Bearer ${api.key}` };
  for (let place = 0; place < 3; place += 1) {
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${api.url}${departure.path}/events`, { headers, signal })).rejects.toThrow();
  }
  await sleep(400);
  Object.assign(apiKeys, { findByHash: find });
  expect((await departure.follow()).status).toBe(200);
  expect(faults(api.logs)).toEqual([]);
});

test('counts as one request, however long it is open', async () => {
  const strict = await startTestApi({ requestsPerMinute: 8 });
  const followed = await openFollowed(strict);
  await followed.followWhole();
  await followed.start('notify-manager');
  expect((await strict.request('GET', followed.path)).status).toBe(200);
  followed.leave();
  await strict.close();
});

test('shows that it lives, and looks at a case once for all who follow it', async () => {
  const another = await reader();
  const keys = [api.key, api.key, another, another];
  const streams = await Promise.all(keys.map((key) => departure.followWhole(key)));
  const looks = await looksDuring(600);
  expect(looks).toBeGreaterThan(5);
  expect(looks).toBeLessThanOrEqual(32);
  for (const stream of streams) expect(stream.text()).toContain('\n\n: ');
});

test('looks no more when everybody is gone', async () => {
  const stream = await departure.followWhole();
  stream.cut();
  await sleep(200);
  expect(await looksDuring(300)).toBe(0);
  expect(faults(api.logs)).toEqual([]);
});

test('waits out an outage of the database', async () => {
  const { cases } = api.repositories;
  const stream = await departure.followWhole();
  const get = cases.get.bind(cases);
  Object.assign(cases, { get: () => Promise.reject(new StoreUnavailable('gone')) });
  await departure.start('notify-manager');
  await sleep(200);
  Object.assign(cases, { get });
  await stream.until(has('step', { key: 'notify-manager', status: 'running' }));
  expect(api.logs.filter((line) => line.includes('cannot be read'))).toHaveLength(1);
});

test('is counted as open until it ends, and neither as under way nor by how long it took', () =>
  alone(async (own, followed) => {
    const stream = await followed.followWhole();
    await followed.followWhole();
    expect(await figures(own)).toEqual({ open: 2, underWay: 1, ended: undefined, timed: undefined });
    stream.cut();
    own.drain();
    await sleep(300);
    expect(await figures(own)).toEqual({ open: 0, underWay: 1, ended: 2, timed: undefined });
    const line = own.logs.find((one) => one.includes('/v1/departures/:id/events'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ status: 200, caseId: followed.caseId });
  }));

test('is none for a caller who is gone before it begins', () =>
  alone(async (own, followed) => {
    const { cases } = own.repositories;
    const get = cases.get.bind(cases);
    const gone = new AbortController();
    let isRead = false;
    Object.assign(cases, {
      async get(orgId: string, id: string) {
        gone.abort();
        await sleep(200);
        isRead = true;
        return get(orgId, id);
      },
    });
    const headers = { Authorization: `Bearer ${own.key}` };
    await expect(
      fetch(`${own.url}${followed.path}/events`, { headers, signal: gone.signal }),
    ).rejects.toThrow();
    await sleep(400);
    expect(isRead).toBe(true);
    expect(await figures(own)).toMatchObject({ open: 0, underWay: 1 });
    expect(faults(own.logs)).toEqual([]);
  }));

test('ends with the key that opened it', async () => {
  const key = await reader();
  const stream = await departure.followWhole(key);
  const keys = await api.repositories.apiKeys.list(api.orgId, { limit: 200 });
  const { id } = keys.find(({ prefix }) => key.startsWith(prefix))!;
  await api.repositories.apiKeys.revoke(api.orgId, id, NOW_MS);
  await stream.ended();
  expect(stream.events().map(({ name }) => name)).not.toContain('end');
});

test('ends when the server does, and whoever waits is answered', async () => {
  const own = await startTestApi();
  const body = { personId: await createTestPerson(own), urgent: true, reason: 'x' };
  const path = `/v1/departures/${String((await own.request('POST', '/v1/departures', body)).body['id'])}`;
  const stream = await openStream(`${own.url}${path}/events`, { key: own.key });
  const options = { idempotencyKey: 'x', headers: { Prefer: 'wait=20' } };
  const waiting = own.request('POST', `${path}/steps/archive-mailbox/skip`, { reason: 'x' }, options);
  await sleep(300);
  own.drain();
  await stream.ended();
  expect((await waiting).status).toBe(200);
  expect(faults(own.logs)).toEqual([]);
  await own.close();
});

test('opens no stream for HEAD', async () => {
  const headers = { Authorization: `Bearer ${api.key}` };
  const reply = await fetch(`${api.url}${departure.path}/events`, { method: 'HEAD', headers });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  expect(faults(api.logs)).toEqual([]);
});
