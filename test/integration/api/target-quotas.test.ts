import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const patch = (targetQuotas: Json | null) => api.request('PATCH', '/v1/organisation', { targetQuotas });

test('keeps how many new addresses a target takes, until nobody says so any more', async () => {
  const targetQuotas = { directory: { addresses: 50, perHours: 24 } };
  const { status, body } = await patch(targetQuotas);
  expect([status, body['targetQuotas']]).toEqual([200, targetQuotas]);
  expect((await api.request('GET', '/v1/organisation')).body['targetQuotas']).toEqual(targetQuotas);
  expect((await patch(null)).body).not.toHaveProperty('targetQuotas');
});

test('takes no quota of a target that there is not, and none that lets nobody through', async () => {
  expect((await patch({ elsewhere: { addresses: 50, perHours: 24 } })).body).toMatchObject({
    ...{ code: 'TARGET_UNKNOWN', field: '/targetQuotas' },
  });
  for (const quota of [
    { addresses: 0, perHours: 24 },
    { addresses: 50, perHours: 0 },
    { addresses: 50, perHours: 721 },
    { addresses: 50 },
  ])
    expect((await patch({ directory: quota })).status).toBe(400);
});
