import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import type { CaseEvent } from '../../../shared/domain/case/case-event.ts';
import { nextWork, type NoticeNumbers } from '../../../shared/domain/case/next-work.ts';
import {
  createTestPerson,
  NOW_MS,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let personId: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  personId = await createTestPerson(api);
});
afterEach(() => {
  api.engine.isDown = false;
});

const NUMBERS: NoticeNumbers = {
  flagAfterMs: () => undefined,
  attentionReminderMs: 1e9,
  approvalReminderMs: 1e9,
  approvalEscalationMs: 1e9,
};
const LONG = { Prefer: 'wait=20' };
const SHORT = { Prefer: 'wait=1' };
const workflowOf = (caseId: string): string => `departure:${api.orgId}:${caseId}`;
const urgently = (): Json => ({ personId, urgent: true, reason: 'x' });

const ask = (body: Json, headers: Readonly<Record<string, string>>): Promise<Reply> =>
  api.request('POST', '/v1/departures', body, { headers });

let keys = 0;
function command(caseId: string, path: string, headers: Readonly<Record<string, string>>, body: Json = {}) {
  const idempotencyKey = `w-${(keys += 1)}`;
  return api.request('POST', `/v1/departures/${caseId}/${path}`, body, { headers, idempotencyKey });
}

async function openDepartureOf(id: string): Promise<string> {
  for (;;) {
    const list = await api.request('GET', `/v1/departures?personId=${id}`);
    const [found] = list.body['items'] as readonly Json[];
    if (found !== undefined) return String(found['id']);
    await sleep(10);
  }
}

/** Carries out everything that is due, as a worker would; the named step ends as it is told. */
async function carryOut(
  caseId: string,
  endings: Readonly<Record<string, Partial<CaseEvent>>> = {},
): Promise<void> {
  for (;;) {
    const { start } = nextWork(api.engine.progressOf(workflowOf(caseId))!, NOW_MS, NUMBERS);
    const [step] = start;
    if (step === undefined) return;
    const of = { key: step.key, round: 1, atMs: NOW_MS };
    await api.engine.tell(workflowOf(caseId), { kind: 'stepStarted', ...of });
    const settled = { kind: 'stepSettled', outcome: 'done' };
    await api.engine.tell(workflowOf(caseId), { ...settled, ...endings[step.key], ...of } as CaseEvent);
  }
}

const stepOf = (reply: Reply, key: string) =>
  (reply.body['steps'] as readonly Json[]).find((step) => step['key'] === key);

test('answers an urgent departure once its first day is settled, with what became of each step', async () => {
  const asked = ask(urgently(), LONG);
  const caseId = await openDepartureOf(personId);
  let isAnswered = false;
  void asked.then(() => (isAnswered = true));
  await sleep(250);
  expect(isAnswered).toBe(false);
  await carryOut(caseId);
  const reply = await asked;
  expect(reply.status).toBe(201);
  expect(reply.headers.get('preference-applied')).toBe('wait=20');
  expect(reply.headers.get('location')).toBe(`/v1/departures/${caseId}`);
  expect(reply.body).toMatchObject({
    id: caseId,
    engine: 'started',
    state: 'running',
    warnings: ['NO_CONTACT'],
  });
  expect(stepOf(reply, 'prove-day-0')).toMatchObject({ status: 'done' });
  const shown = await api.request('GET', `/v1/departures/${caseId}`);
  expect(shown.headers.get('etag')?.slice(1)).toMatch(
    new RegExp(`^${parseInt(reply.headers.get('etag')!.slice(1))}-`),
  );
});

test('answers as usual when the time is over, and without the preference at once', async () => {
  const startedAt = performance.now();
  const reply = await ask(urgently(), SHORT);
  const tookMs = performance.now() - startedAt;
  expect([reply.status, reply.headers.get('preference-applied')]).toEqual([202, 'wait=1']);
  expect(stepOf(reply, 'take-snapshot')).toMatchObject({ status: 'waiting' });
  expect(tookMs).toBeGreaterThanOrEqual(1_000);
  personId = await createTestPerson(api);
  const usual = await ask(urgently(), { Prefer: 'wait=soon' });
  expect([usual.status, usual.headers.get('preference-applied')]).toEqual([202, null]);
});

test('waits while a step of the first day is being retried, and not for one that failed', async () => {
  const asked = ask(urgently(), LONG);
  const caseId = await openDepartureOf(personId);
  const errorCode = 'TARGET_UNAVAILABLE';
  await carryOut(caseId, { 'disable-account': { kind: 'stepRetrying', errorCode } });
  let isAnswered = false;
  void asked.then(() => (isAnswered = true));
  await sleep(250);
  expect(isAnswered).toBe(false);
  const of = { key: 'disable-account', round: 1, atMs: NOW_MS };
  await api.engine.tell(workflowOf(caseId), { kind: 'stepFailed', errorCode, called: false, ...of });
  const reply = await asked;
  // The account is not locked.
  expect(reply.status).toBe(202);
  expect(reply.body).toMatchObject({ state: 'needs_attention', needsAttention: true });
});

test('does not say 201 of an urgent departure that the guard holds, and does not wait for it', async () => {
  const guardLimits = { floor: 0, sharePercent: 0, ceiling: 0 };
  const own = await startTestApi({ organisation: { guardLimits } });
  const body = { personId: await createTestPerson(own), urgent: true, reason: 'x' };
  const reply = await own.request('POST', '/v1/departures', body, { headers: LONG });
  await own.close();
  expect([reply.status, reply.body['state']]).toEqual([202, 'guard_held']);
  expect(reply.headers.get('preference-applied')).toBe('wait=20');
});

test('does not say 201 of an urgent departure whose lock is frozen', async () => {
  const asked = ask(urgently(), LONG);
  const caseId = await openDepartureOf(personId);
  await api.engine.tell(workflowOf(caseId), { kind: 'frozen', atMs: NOW_MS });
  await carryOut(caseId);
  const reply = await asked;
  expect([reply.status, reply.body['frozen']]).toEqual([202, true]);
  expect(stepOf(reply, 'disable-account')).toMatchObject({ status: 'waiting' });
});

test('does not wait for a departure of another day longer than until it has begun', async () => {
  const reply = await ask({ personId, lastDay: '2027-03-31', reason: 'x' }, LONG);
  expect([reply.status, reply.body['engine'], reply.body['state']]).toEqual([201, 'started', 'scheduled']);
});

test('says 202 where the engine is away, and 201 to the same request once it is back', async () => {
  api.engine.isDown = true;
  const send = () =>
    api.request(
      'POST',
      '/v1/departures',
      { personId, lastDay: '2027-03-31', reason: 'x' },
      {
        headers: SHORT,
        idempotencyKey: `w-${personId}`,
      },
    );
  const away = await send();
  expect([away.status, away.body['engine']]).toEqual([202, 'requested']);
  api.engine.isDown = false;
  await command(String(away.body['id']), 'pause', {});
  expect((await send()).status).toBe(201);
});

test('answers a retry once the step is settled or has failed again', async () => {
  const taken = await ask(urgently(), {});
  const caseId = String(taken.body['id']);
  const failure = { kind: 'stepFailed', errorCode: 'TARGET_REFUSED', called: false } as const;
  await carryOut(caseId, { 'disable-account': failure });
  for (const [ending, status] of [
    [failure, 'failed'],
    [{}, 'done'],
  ] as const) {
    const asked = command(caseId, 'steps/disable-account/retry', LONG);
    let isAnswered = false;
    void asked.then(() => (isAnswered = true));
    await sleep(200);
    expect(isAnswered).toBe(false);
    await carryOut(caseId, { 'disable-account': ending });
    const reply = await asked;
    expect(reply).toMatchObject({
      status: 200,
      body: { effect: 'applied', step: { key: 'disable-account', status } },
    });
    expect(reply.headers.get('preference-applied')).toBe('wait=20');
  }
});

test('answers a pause once nothing is under way any more', async () => {
  const caseId = String((await ask(urgently(), {})).body['id']);
  const of = { key: 'take-snapshot', round: 1, atMs: NOW_MS };
  await api.engine.tell(workflowOf(caseId), { kind: 'stepStarted', ...of });
  const asked = command(caseId, 'pause', LONG);
  let isAnswered = false;
  void asked.then(() => (isAnswered = true));
  await sleep(200);
  expect(isAnswered).toBe(false);
  await api.engine.tell(workflowOf(caseId), { kind: 'stepSettled', outcome: 'done', ...of });
  expect((await asked).body).toMatchObject({ effect: 'applied', state: 'paused' });
});

test('answers a cancellation once the departure is over', async () => {
  const caseId = String((await ask({ personId, lastDay: '2027-03-31', reason: 'x' }, {})).body['id']);
  const asked = command(caseId, 'cancel', LONG);
  await sleep(200);
  await api.engine.tell(workflowOf(caseId), { kind: 'closed', atMs: NOW_MS });
  expect((await asked).body).toMatchObject({ endsAs: 'cancelled', state: 'cancelled' });
});

test('says of a recipient who was named no more than without waiting', async () => {
  const file = { ownerAccountId: personId.replace('per_', 'acc_'), name: 'plan', sizeBytes: 1 };
  await api.directory.addFile(api.orgId, { id: `fil_${personId}`, ...file });
  const recipientId = await createTestPerson(api);
  const body = { personId, lastDay: '2027-03-31', reason: 'x', handover: { recipientId } };
  const departureId = String((await ask(body, {})).body['id']);
  const path = `/v1/departures/${departureId}/recipient`;
  const named = { personId: await createTestPerson(api) };
  const options = { headers: LONG, idempotencyKey: `r-${departureId}` };
  const reply = await api.request('PUT', path, named, options);
  expect(reply).toMatchObject({ status: 200, body: { departureId, recipientId: named.personId } });
  expect(reply.headers.get('preference-applied')).toBe('wait=20');
});

test('gives a repetition the stored answer, and waits anew', async () => {
  const caseId = String((await ask(urgently(), {})).body['id']);
  const pause = () =>
    api.request(
      'POST',
      `/v1/departures/${caseId}/pause`,
      {},
      { idempotencyKey: `again-${caseId}`, headers: LONG },
    );
  const first = await pause();
  expect((await pause()).body).toEqual(first.body);
});

test('looks no more when the caller is gone', async () => {
  const caseId = String((await ask(urgently(), {})).body['id']);
  const { cases } = api.repositories;
  const get = cases.get.bind(cases);
  let looks = 0;
  Object.assign(cases, { get: (orgId: string, id: string) => ((looks += 1), get(orgId, id)) });
  const gone = new AbortController();
  const asked = fetch(`${api.url}/v1/departures/${caseId}/steps/archive-mailbox/skip`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${api.key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `gone-${caseId}`,
      ...LONG,
    },
    body: JSON.stringify({ reason: 'x' }),
    signal: gone.signal,
  }).catch((error: unknown) => error);
  await sleep(600);
  gone.abort();
  expect(await asked).toHaveProperty('name', 'AbortError');
  await sleep(300);
  const soFar = looks;
  await sleep(400);
  Object.assign(cases, { get });
  expect(soFar).toBeGreaterThan(5);
  expect(looks).toBe(soFar);
});

test('answers as usual when the database goes away while it waits: what was asked for is done', async () => {
  const { people } = api.repositories;
  const caseId = String((await ask(urgently(), {})).body['id']);
  const away = { ...people, get: () => Promise.reject(new StoreUnavailable('gone')) };
  Object.assign(api.repositories, { people: away });
  const reply = await command(caseId, 'steps/archive-mailbox/skip', LONG, { reason: 'x' });
  Object.assign(api.repositories, { people });
  expect([reply.status, reply.body['effect']]).toEqual([200, 'applied']);
  expect(reply.headers.get('preference-applied')).toBeNull();
});
