import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function ask(path: string, outcome: Json, fields: Json = {}) {
  const personId = await createTestPerson(api);
  const body = { personId, lastDay: '2028-02-28', reason: 'moves on', outcome, ...fields };
  return api.request('POST', path, body);
}
const simulate = (outcome: Json) => ask('/v1/departures/simulation', outcome);

test('keeps the data until a leap day, and says so in the list', async () => {
  const created = await ask('/v1/departures', { kind: 'retain', until: '2032-02-29' });
  expect(created.status).toBe(202);
  expect(created.body).toMatchObject({ retainedUntil: '2032-02-29' });
  const steps = created.body['steps'] as readonly { key: string; dueAt: { local: string } }[];
  expect(steps.find((step) => step.key === 'purge-gate')?.dueAt.local).toBe('2032-02-29T17:30+01:00');
  expect(steps.filter((step) => step.key.startsWith('review-retention'))).toHaveLength(4);
  const list = await api.request('GET', '/v1/departures');
  expect(list.body['items']).toContainEqual(expect.objectContaining({ retainedUntil: '2032-02-29' }));
});

test('purges unless told otherwise', async () => {
  expect((await simulate({ kind: 'purge' })).body).not.toHaveProperty('retainedUntil');
  expect((await ask('/v1/departures', { kind: 'purge' })).body).not.toHaveProperty('retainedUntil');
});

test.each([
  ['a day that does not exist', '2031-02-29', 'DATE_INVALID'],
  ['the last day itself', '2028-02-28', 'RETENTION_OUT_OF_RANGE'],
  ['more than ten years', '2038-03-01', 'RETENTION_OUT_OF_RANGE'],
])('refuses %s', async (_what, until, code) => {
  const reply = await simulate({ kind: 'retain', until });
  expect(reply.body).toMatchObject({ status: 422, code, field: '/outcome/until' });
});

test('is not moved beyond the day until which the data is kept', async () => {
  const created = await ask('/v1/departures', { kind: 'retain', until: '2028-06-30' });
  const path = `/v1/departures/${String(created.body['id'])}/reschedule`;
  const moved = await api.request('POST', path, { lastDay: '2028-07-31' }, { idempotencyKey: 'move-beyond' });
  expect(moved.body).toMatchObject({ status: 422, code: 'RETENTION_OUT_OF_RANGE' });
});

test('warns that nobody would hear of a failure', async () => {
  const purge = { kind: 'purge' };
  expect((await simulate(purge)).body['warnings']).not.toContain('NO_NOTIFICATION_ADDRESS');
  await api.request('PATCH', '/v1/organisation', { notificationAddresses: [] });
  expect((await simulate(purge)).body['warnings']).toContain('NO_NOTIFICATION_ADDRESS');
});
