import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { openStream, type SeenEvent } from '../support/event-stream.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../support/test-api.ts';

let engine: TestEngine;
let api: TestApi;
beforeAll(async () => {
  engine = await startTestEngine();
  const { temporal, queues } = engine;
  const realEngine = createCaseEngine(temporal.realTimeClient, { queues, policy: FEW_TRIES });
  api = await startTestApi({ realEngine });
});
afterAll(async () => {
  await api.close();
  await engine.stop();
});

const WAIT = { Prefer: 'wait=20' };

async function lockAtOnce(headers: Readonly<Record<string, string>> = WAIT) {
  const body = { personId: await createTestPerson(api), urgent: true, reason: 'x' };
  return api.request('POST', '/v1/departures', body, { headers });
}
const stepOf = (body: Json, key: string): unknown =>
  (body['steps'] as readonly Json[]).find((step) => step['key'] === key)?.['status'];
const tell = (id: unknown, word: string, headers: Readonly<Record<string, string>>, body: Json = {}) =>
  api.request('POST', `/v1/departures/${String(id)}/${word}`, body, {
    headers,
    idempotencyKey: randomUUID(),
  });

test('answers an urgent departure when nobody gets in any more, and not before', async () => {
  const reply = await lockAtOnce();
  expect([reply.status, reply.headers.get('preference-applied')]).toEqual([201, 'wait=20']);
  expect(stepOf(reply.body, 'prove-day-0')).toBe('done');
  const { lockout } = reply.body as { readonly lockout: Json };
  expect(JSON.stringify(lockout)).toContain('provenAt');
  const tag = reply.headers.get('etag')!;
  const paused = await tell(reply.body['id'], 'pause', { ...WAIT, 'If-Match': tag });
  expect(paused).toMatchObject({ status: 200, body: { state: 'paused' } });
  const late = await tell(reply.body['id'], 'resume', { 'If-Match': tag });
  expect([late.status, late.body['code']]).toEqual([412, 'PRECONDITION_FAILED']);
});

test('answers a retry when the step failed again, and when it is done', async () => {
  makeFaulty(engine, api.orgId).refuse('removeOwnRules', 'forbidden', 2);
  const reply = await lockAtOnce();
  expect(reply).toMatchObject({ status: 201, body: { state: 'needs_attention' } });
  for (const status of ['failed', 'done']) {
    const retried = await tell(reply.body['id'], 'steps/remove-own-rules/retry', WAIT);
    expect(retried).toMatchObject({ status: 200, body: { step: { key: 'remove-own-rules', status } } });
  }
  heal(engine, api.orgId);
});

test('lets exactly one of five commands at once that name the same revision through', async () => {
  const { body, headers } = await lockAtOnce();
  const ifMatch = { 'If-Match': headers.get('etag')! };
  const replies = await Promise.all([
    tell(body['id'], 'pause', ifMatch),
    tell(body['id'], 'pause', ifMatch),
    tell(body['id'], 'undo', ifMatch, { reason: 'x' }),
    tell(body['id'], 'abort', ifMatch, { reason: 'x' }),
    tell(body['id'], 'steps/archive-mailbox/skip', ifMatch, { reason: 'x' }),
  ]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
});

test('follows a departure to its end over streams that are cut all the time, and misses no step', async () => {
  const { body } = await lockAtOnce({});
  const url = `${api.url}/v1/departures/${String(body['id'])}/events`;
  const seen: SeenEvent[] = [];
  let isAborted = false;
  for (let cut = 3; seen.at(-1)?.name !== 'end'; cut += 4) {
    const lastEventId = seen.at(-1)?.id;
    const stream = await openStream(url, {
      key: api.key,
      ...(lastEventId === undefined ? {} : { lastEventId }),
    });
    await stream.until((events) => events.length >= cut || events.at(-1)?.name === 'end' || isQuiet(events));
    stream.cut();
    // A client has seen what it has read, and not what was on its way.
    seen.push(...stream.events());
    if (isAborted || !isQuiet(seen)) continue;
    isAborted = true;
    expect((await tell(body['id'], 'undo', {}, { reason: 'x' })).status).toBe(200);
  }
  expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  const shown = await api.request('GET', `/v1/departures/${String(body['id'])}`);
  const steps = shown.body['steps'] as readonly Json[];
  const expected = steps.map((step): [unknown, unknown] => [step['key'], step['status']]);
  expect([...knownFrom(seen)].sort()).toEqual(expected.sort());
  expect(seen.at(-1)).toMatchObject({ name: 'end', data: { state: 'undone' } });
});

/** The first day is over: nothing more will come by itself. */
function isQuiet(events: readonly SeenEvent[]): boolean {
  return events.some(({ data }) => data['key'] === 'prove-day-0' && data['status'] === 'done');
}

/** What a client knows of the steps: with another version of the plan it begins anew. */
function knownFrom(events: readonly SeenEvent[]): ReadonlyMap<unknown, unknown> {
  const known = new Map<unknown, unknown>();
  let planVersion: unknown;
  for (const { name, data } of events) {
    if (name === 'case' && data['planVersion'] !== planVersion) known.clear();
    if (name === 'case') planVersion = data['planVersion'];
    if (name === 'step') known.set(data['key'], data['status']);
  }
  return known;
}
