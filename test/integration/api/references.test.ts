import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defineReview } from '../../support/review-definitions.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test('lists everything that points at a person', async () => {
  const address = 'pointed.at@harbour.example';
  const personId = await createTestPerson(api, { address });
  const path = `/v1/people/${personId}/references`;
  expect((await api.request('GET', path)).body).toEqual({ items: [] });

  const reportId = await createTestPerson(api, { managerId: personId });
  await api.request('PATCH', '/v1/organisation', { notificationAddresses: [address] });
  const fallback = { kind: 'managers', fallbackId: personId } as const;
  const { id: definitionId } = await defineReview(api, api.orgId, { reviewers: fallback });
  await defineReview(api, api.orgId, { reviewers: fallback, removed: { by: 'own_hr', atMs: 1 } });
  const body = { personId: reportId, lastDay: '2027-03-31', reason: 'moves on', successorId: personId };
  const departureId = String((await api.request('POST', '/v1/departures', body)).body['id']);
  expect((await api.request('GET', path)).body).toEqual({
    items: [
      { kind: 'report', personId: reportId },
      { kind: 'successor', departureId },
      { kind: 'contact', departureId },
      { kind: 'notification', organisationId: api.orgId },
      { kind: 'reviewer', definitionId },
    ],
  });
  const unknown = await api.request('GET', '/v1/people/per_nobody/references');
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'PERSON_NOT_FOUND']);
});
