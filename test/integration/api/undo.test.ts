import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { CaseEngine } from '../../../shared/platform/temporal/case-engine.ts';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let caseId: string;
let workflowId: string;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

beforeEach(async () => {
  const personId = await createTestPerson(api);
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on' };
  caseId = String((await api.request('POST', '/v1/departures', body)).body['id']);
  workflowId = `departure:${api.orgId}:${caseId}`;
});

let keys = 0;
function send(
  path: string,
  body: Json = { reason: 'stays' },
  idempotencyKey = `u-${(keys += 1)}`,
): Promise<Reply> {
  return api.request('POST', `/v1/departures/${caseId}/${path}`, body, { idempotencyKey });
}
const code = (reply: Reply) => [reply.status, reply.body['code']];

async function start(key: string): Promise<void> {
  await api.engine.tell(workflowId, { kind: 'stepStarted', key, round: 1, atMs: 5 });
}
async function settle(...stepKeys: readonly string[]): Promise<void> {
  for (const key of stepKeys) {
    await start(key);
    await api.engine.tell(workflowId, { kind: 'stepSettled', key, round: 1, atMs: 6, outcome: 'done' });
  }
}
const DAY_ZERO = [
  'take-snapshot',
  'disable-account',
  'rotate-password',
  'revoke-app-passwords',
  'revoke-sessions',
];

test('undo names the steps of the way back, newest first, and what cannot come back', async () => {
  await settle(...DAY_ZERO);
  const reply = await send('undo');
  expect(reply).toMatchObject({ status: 200, body: { effect: 'applied', endsAs: 'undone' } });
  const wayBack = reply.body['wayBack'] as readonly { readonly undoes?: string }[];
  expect(wayBack.flatMap(({ undoes }) => undoes ?? [])).toEqual(['disable-account', 'take-snapshot']);
  const lost = reply.body['cannotComeBack'] as readonly { readonly what: string }[];
  expect(lost.map(({ what }) => what)).toEqual(['password', 'app_passwords', 'sessions']);
  expect(code(await send('undo'))).toEqual([409, 'ALREADY_UNDOING']);
});

test('an undo is planned again when a step started meanwhile', async () => {
  await settle('take-snapshot');
  const real = api.engine.command.bind(api.engine);
  let late = true;
  api.engine.command = async (...given: Parameters<CaseEngine['command']>) => {
    if (late) {
      late = false;
      await start('disable-account');
    }
    return real(...given);
  };
  const reply = await send('undo');
  api.engine.command = real;
  expect(reply.status).toBe(200);
  const wayBack = reply.body['wayBack'] as readonly { readonly undoes?: string }[];
  expect(wayBack.map(({ undoes }) => undoes)).toContain('disable-account');
});

test('undo and abort want a reason', async () => {
  for (const path of ['undo', 'abort'])
    expect([...code(await send(path, {})), (await send(path, {})).body['field']]).toEqual([
      400,
      'INVALID_REQUEST',
      '/reason',
    ]);
});

test('cancelling ends as cancelled before anything changed, and as undone after', async () => {
  const early = await send('cancel', {});
  expect(early.body).toMatchObject({ endsAs: 'cancelled', staysInEffect: [] });
  expect(api.engine.progressOf(workflowId)).toMatchObject({ cancelled: true });
});

test('cancelling after day 0 undoes, and a repeated request gives the same answer', async () => {
  await settle(...DAY_ZERO);
  const before = api.engine.effects.length;
  const first = await send('cancel', {}, 'cancel-late');
  expect(first.body).toMatchObject({ endsAs: 'undone' });
  expect(api.engine.effects.slice(before).map(({ name }) => name)).toEqual(['undoCase']);
  expect((await send('cancel', {}, 'cancel-late')).body).toEqual(first.body);
  expect(api.engine.effects.length - before).toBe(1);
});

test('aborting stops where it stands and names what stays', async () => {
  await settle(...DAY_ZERO);
  const reply = await send('abort');
  expect(reply.body).toMatchObject({ endsAs: 'cancelled', staysInEffect: DAY_ZERO });
  expect(api.engine.progressOf(workflowId)?.undoing).toBeUndefined();
});

test('after the first delete call none of the three is taken', async () => {
  await settle(...DAY_ZERO);
  await start('delete-account');
  for (const path of ['undo', 'cancel', 'abort'])
    expect([path, ...code(await send(path))]).toEqual([path, 409, 'POINT_OF_NO_RETURN']);
});
