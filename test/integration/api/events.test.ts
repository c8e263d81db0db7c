import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openStream, type SeenEvent } from '../../support/event-stream.ts';
import { has, openFollowed, stepsIn, type FollowedDeparture } from '../../support/followed-departure.ts';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

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

const keysOf = (events: readonly SeenEvent[]): readonly unknown[] =>
  stepsIn(events).map(({ data }) => data['key']);
const shownSteps = async (): Promise<readonly Json[]> =>
  (await api.request('GET', departure.path)).body['steps'] as readonly Json[];
const command = (word: string, body: Json = {}, headers: Readonly<Record<string, string>> = {}, key = '1') =>
  api.request('POST', `${departure.path}/${word}`, body, { idempotencyKey: word + key, headers });

/** What somebody knows of each step who was told these events. */
function knownFrom(events: readonly SeenEvent[]): string {
  const known = stepsIn(events).map(({ data }): [unknown, unknown] => [data['key'], data['status']]);
  return JSON.stringify([...new Map(known)].sort());
}
async function known(): Promise<string> {
  return JSON.stringify((await shownSteps()).map((step) => [step['key'], step['status']]).sort());
}

test('tells the case as it is and its steps, then what changes, then the end', async () => {
  const stream = await departure.followWhole();
  expect(stream.status).toBe(200);
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(stream.headers.get('cache-control')).toContain('no-store');
  expect(stream.text()).toMatch(/^retry: \d+\n\n/u);
  const first = stream.events();
  const listed = (await api.request('GET', '/v1/departures?limit=200')).body['items'] as readonly Json[];
  const summary = listed.find((one) => one['id'] === departure.caseId)!;
  expect(first[0]).toMatchObject({ name: 'case', data: { ...summary, sequence: 1, planVersion: 1 } });
  expect(keysOf(first)).toEqual(await departure.keys());

  await departure.start('notify-manager');
  await departure.settle('notify-manager');
  const later = await stream.until(has('step', { key: 'notify-manager', status: 'done' }));
  expect(new Set(keysOf(later.slice(first.length)))).toEqual(new Set(['notify-manager']));
  await command('pause');
  await stream.until(has('case', { state: 'paused' }));
  await departure.close();
  await stream.ended();
  expect(stream.events().at(-1)).toMatchObject({ name: 'end', data: { state: 'completed' } });
});

test('shows of each step what the departure shows to the same scope, and no more', async () => {
  const stream = await departure.followWhole(await api.keyWith(['departures:read']));
  const shown = await shownSteps();
  stepsIn(stream.events()).forEach(({ data }, index) => expect(shown[index]).toMatchObject(data));
  expect(stream.text()).not.toContain('Lovelace');
  expect(stream.text()).not.toContain('harbour.example');
});

test('gives a tag with the case that is good for a change', async () => {
  const [first] = (await departure.followWhole()).events();
  const headers = { 'If-Match': String(first?.data['etag']) };
  expect((await command('pause', {}, headers)).status).toBe(200);
  expect((await command('pause', {}, headers, '2')).status).toBe(412);
});

test('misses nothing and tells nothing twice, wherever it is cut and resumed', async () => {
  const whole = await departure.followWhole();
  await departure.start('notify-manager');
  await whole.until(has('step', { key: 'notify-manager', status: 'running' }));
  await departure.settle('notify-manager');
  const all = await whole.until(has('step', { key: 'notify-manager', status: 'done' }));
  whole.cut();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const expected = await known();
  for (let cut = 0; cut < all.length; cut += 4) {
    const before = all.slice(0, cut + 1);
    const resumed = await departure.follow(before.at(-1)!.id);
    await resumed.until((events) => knownFrom([...before, ...events]) === expected);
    // Time for more than was missing.
    await sleep(50);
    for (const { data } of stepsIn(resumed.events())) {
      const earlier = before.findLast((event) => event.data['key'] === data['key']);
      expect(data['status']).not.toBe(earlier?.data['status']);
    }
    expect(keysOf(resumed.events())).toEqual([...new Set(keysOf(resumed.events()))]);
    resumed.cut();
  }
});

test('goes on at another server from what the client saw last, with what happened in between', async () => {
  const stream = await departure.followWhole();
  stream.cut();
  await departure.start('notify-manager');
  await departure.settle('notify-manager');
  const restarted = await startTestApi();
  const lastEventId = stream.events().at(-1)!.id;
  const resumed = await openStream(`${restarted.url}${departure.path}/events`, { key: api.key, lastEventId });
  const told = await resumed.until(has('step', { key: 'notify-manager', status: 'done' }));
  expect(told.map(({ name }) => name)).toEqual(['case', 'step']);
  resumed.cut();
  await restarted.close();
});

test('counts its ids up, also after it was resumed', async () => {
  const first = await departure.followWhole();
  first.cut();
  await departure.start('notify-manager');
  const second = await departure.follow(first.events().at(-1)!.id);
  await second.until(has('step', { key: 'notify-manager', status: 'running' }));
  await departure.settle('notify-manager');
  const more = await second.until(has('step', { key: 'notify-manager', status: 'done' }));
  const parts = [...first.events(), ...more].map(({ id }) =>
    id.split('.').map((part) => part.padStart(9, '0')),
  );
  const ids = parts.map((id) => id.join('.'));
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('tells every step again under another plan, so that one that is gone is seen to be', async () => {
  const stream = await departure.followWhole();
  const before = stream.events().length;
  await command('reschedule', { lastDay: '2027-04-30' });
  await stream.until(has('case', { planVersion: 2 }));
  const keys = await departure.keys();
  const told = await stream.until((events) => stepsIn(events.slice(before)).length >= keys.length);
  expect(keysOf(told.slice(before))).toEqual(keys);
});

test('says no more to whoever knows the end, and the end to whoever missed it', async () => {
  const stream = await departure.follow();
  await departure.close();
  await stream.ended();
  const all = stream.events();
  expect((await departure.follow(all.at(-1)!.id)).status).toBe(204);
  const late = await departure.follow(all.at(-2)!.id);
  await late.ended();
  expect(late.events().map(({ name, id }) => [name, id])).toEqual([['end', all.at(-1)!.id]]);
});

test('starts anew for whoever knows more than the database does', async () => {
  const stream = await departure.follow('99999.99999.7');
  const keys = await departure.keys();
  const told = await stream.until((events) => events.length > keys.length);
  expect(told[0]?.name).toBe('case');
});

test.each(['x', '1', '1.2', '1.2.3.4', '-1.2.3', '1.2.3.end.end'])('refuses the event id %s', async (id) => {
  const headers = { 'Last-Event-ID': id };
  const refused = await api.request('GET', `${departure.path}/events`, undefined, { headers });
  const { code, field } = refused.body;
  expect([refused.status, code, field]).toEqual([400, 'EVENT_ID_INVALID', 'Last-Event-ID']);
});
