import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { planOfRequest } from '../../../api/departures/plan-of-request.ts';
import { procedureNamed } from '../../../shared/domain/planner/departure-procedure.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';
import { asDeparture } from '../../support/as-departure.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ organisation: { country: 'FR' } });
});
afterAll(() => api.close());

let count = 0;

/** A departure as the release before planned it, and its workflow knows it. */
async function anOldDeparture(): Promise<string> {
  const heirId = await createTestPerson(api);
  const personId = await createTestPerson(api);
  const taken = await api.request('POST', '/v1/departures', {
    ...{ personId, lastDay: '2027-01-29', reason: 'resigned' },
    redirect: { toPersonId: heirId, reason: 'orders' },
  });
  expect(taken).toMatchObject({ status: 202 });
  const id = String(taken.body['id']);
  const record = asDeparture(await api.repositories.cases.get(api.orgId, id));
  const person = (await api.repositories.people.get(api.orgId, personId))!;
  const organisation = (await api.repositories.organisations.get(api.orgId))!;
  const previous = { plan: record.plan, startedKeys: new Set<string>() };
  const { plan } = planOfRequest(
    { calendar: localCalendar, now: () => api.clock.nowMs },
    { person, organisation, request: record.request, procedure: procedureNamed('departure@1') },
    previous,
  );
  await api.engine.command(record.workflowId, 'reschedule', { actorId: 'own_x', plan }, `old-${id}`);
  return id;
}

const move = (id: string, body: object) =>
  api.request('POST', `/v1/departures/${id}/procedure`, body, { idempotencyKey: `move-${(count += 1)}` });
const keysIn = (value: unknown) => (value as readonly { readonly key: string }[]).map(({ key }) => key);

test('shows the difference of a newer version, with local and UTC instants, and changes nothing', async () => {
  const id = await anOldDeparture();
  const before = await api.repositories.cases.get(api.orgId, id);
  const reply = await api.request('POST', `/v1/departures/${id}/procedure`, {
    ...{ version: 'departure@2', dryRun: true },
  });
  expect(reply).toMatchObject({
    status: 200,
    body: { dryRun: true, from: 'departure@1', to: 'departure@2', keeps: [], removed: [], moved: [] },
  });
  expect(keysIn(reply.body['added'])).toEqual(expect.arrayContaining(['start-redirect', 'end-redirect']));
  const [first] = reply.body['added'] as readonly { readonly at: { readonly utc: string; local: string } }[];
  expect(Date.parse(first!.at.local)).toBeLessThanOrEqual(Date.parse(first!.at.utc));
  expect(await api.repositories.cases.get(api.orgId, id)).toEqual(before);
});

test('carries the difference out, and names what stays', async () => {
  const id = await anOldDeparture();
  const { workflowId } = asDeparture(await api.repositories.cases.get(api.orgId, id));
  const atMs = api.clock.nowMs;
  await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'take-snapshot', round: 1, atMs });
  const reply = await move(id, { version: 'departure@2' });
  expect(reply).toMatchObject({ status: 200, body: { effect: 'applied', to: 'departure@2' } });
  expect(reply.body['keeps']).toEqual(expect.arrayContaining(['take-snapshot']));
  const shown = await api.request('GET', `/v1/departures/${id}`);
  expect(shown.body['plan']).toMatchObject({ procedure: 'departure@2', version: 3 });
  const audit = await api.repositories.audit.listByCase(api.orgId, id, { limit: 100 });
  expect(audit.find(({ action }) => action === 'departure.reschedule')).toMatchObject({
    action: 'departure.reschedule',
    actorId: api.ownerId,
    detail: { procedure: 'departure@2', from: 'departure@1' },
  });
});

test('a case that is moved to another day keeps its version', async () => {
  const id = await anOldDeparture();
  const reply = await api.request(
    'POST',
    `/v1/departures/${id}/reschedule`,
    { lastDay: '2027-02-26' },
    { idempotencyKey: 'other-day' },
  );
  expect(reply.status).toBe(200);
  const { plan } = asDeparture(await api.repositories.cases.get(api.orgId, id));
  expect(plan.procedure).toBe('departure@1');
  expect(keysIn(plan.steps)).not.toContain('start-redirect');
});

test('refuses an unknown version, the one in force, an older one, and a case that is closed or on its way back', async () => {
  const id = await anOldDeparture();
  expect(await move(id, { version: 'departure@9' })).toMatchObject({
    ...{ status: 422, body: { code: 'PROCEDURE_UNKNOWN', field: '/version' } },
  });
  expect((await move(id, { version: 'departure@1' })).body['code']).toBe('PROCEDURE_NOT_NEWER');
  expect((await move(id, { version: 'departure@2' })).status).toBe(200);
  for (const version of ['departure@1', 'departure@2'])
    expect(await move(id, { version })).toMatchObject({ status: 409, body: { code: 'PROCEDURE_NOT_NEWER' } });

  const undoing = await anOldDeparture();
  const record = (await api.repositories.cases.get(api.orgId, undoing))!;
  const back = { ...record.plan, version: record.plan.version + 1 };
  const { workflowId } = record;
  await api.engine.tell(workflowId, { kind: 'undoAsked', plan: back, atMs: api.clock.nowMs });
  for (const dryRun of [true, false])
    expect((await move(undoing, { version: 'departure@2', dryRun })).body['code']).toBe('ALREADY_UNDOING');

  const closed = await anOldDeparture();
  const closing = (await api.repositories.cases.get(api.orgId, closed))!;
  await api.engine.tell(closing.workflowId, { kind: 'closed', atMs: api.clock.nowMs });
  expect((await move(closed, { version: 'departure@2', dryRun: true })).body['code']).toBe('CASE_CLOSED');
  expect(
    (await api.request('POST', '/v1/departures/cas_no/procedure', { version: 'departure@2', dryRun: true }))
      .status,
  ).toBe(404);
});
