import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../../shared/platform/new-id.ts';
import { aDeletion } from '../../support/deletion-requests.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function open(): Promise<{ readonly caseId: string; readonly personId: string }> {
  const personId = await createTestPerson(api);
  const { body } = await api.request('POST', '/v1/deletions', aDeletion(personId));
  return { caseId: String(body['id']), personId };
}
const restore = (caseId: string, idempotencyKey = newId('key')) =>
  api.request('POST', `/v1/deletions/${caseId}/restore`, { reason: 'the other Ada' }, { idempotencyKey });
const begin = (caseId: string, key: string) =>
  api.engine.tell(`deletion:${api.orgId}:${caseId}`, { kind: 'stepStarted', key, round: 1, atMs: 5 });

test('cancels a deletion that changed nothing yet, and undoes one that did', async () => {
  const untouched = await open();
  expect(await restore(untouched.caseId)).toMatchObject({
    ...{ status: 200, body: { caseId: untouched.caseId, endsAs: 'cancelled' } },
  });
  const { caseId } = await open();
  await begin(caseId, 'disable-account');
  const key = newId('key');
  const reply = await restore(caseId, key);
  expect(reply).toMatchObject({ status: 200, body: { caseId, endsAs: 'undone' } });
  expect(JSON.stringify(reply.body['wayBack'])).toContain('undo-disable-account');
  expect((await restore(caseId, key)).body).toEqual(reply.body);
  expect((await restore(caseId)).body['code']).toBe('ALREADY_UNDOING');
});

test('gives nothing back after the first delete call, and says why, also once it is over', async () => {
  const { caseId } = await open();
  await begin(caseId, 'delete-account');
  const late = await restore(caseId);
  expect(late).toMatchObject({ status: 409, body: { code: 'POINT_OF_NO_RETURN' } });
  await api.engine.tell(`deletion:${api.orgId}:${caseId}`, { kind: 'closed', atMs: 6 });
  expect((await restore(caseId)).body['code']).toBe('POINT_OF_NO_RETURN');
});

test('needs its reason, and finds deletions only', async () => {
  const { caseId } = await open();
  const path = `/v1/deletions/${caseId}/restore`;
  const none = await api.request('POST', path, {}, { idempotencyKey: newId('key') });
  expect(none.body).toMatchObject({ code: 'INVALID_REQUEST', field: '/reason' });
  const departure = { personId: await createTestPerson(api), urgent: true, reason: 'left' };
  const { body } = await api.request('POST', '/v1/departures', departure);
  expect((await restore(String(body['id']))).body['code']).toBe('DELETION_NOT_FOUND');
});

test('somebody with an open deletion who comes back has it undone, which takes the right to do so', async () => {
  const { caseId, personId } = await open();
  await begin(caseId, 'disable-account');
  const rehire = (key: string) =>
    api.request(
      'POST',
      `/v1/people/${personId}/rehire`,
      { reason: 'comes back' },
      { key, idempotencyKey: newId('key') },
    );
  const refused = await rehire(await api.keyWith(['people:*', 'departures:*']));
  expect(refused).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
  const key = await api.keyWith(['people:*', 'cases:*']);
  expect(await rehire(key)).toMatchObject({ status: 200, body: { caseId, endsAs: 'undone' } });
});

test('somebody whose account may be deleted already cannot come back before that is over', async () => {
  const { caseId, personId } = await open();
  await begin(caseId, 'delete-account');
  const path = `/v1/people/${personId}/rehire`;
  const late = await api.request('POST', path, { reason: 'back' }, { idempotencyKey: newId('key') });
  expect(late).toMatchObject({ status: 409, body: { code: 'DEPARTURE_UNFINISHED', caseId } });
});
