import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { endTimes } from '../../../api/departures/end-of-time.ts';
import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { createTestPerson, NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  // Everybody is looked at, whatever organisation they are of.
  api = await startTestApi({ ownDatabase: true });
});
afterAll(() => api.close());

const DAY = 86_400_000;
const look = () => endTimes(api.context, () => false);
const setClock = (day: string) => void (api.clock.nowMs = Date.parse(`${day}T09:00:00Z`));
const contractor = (endsOn = '2027-03-31') => createTestPerson(api, { endsOn });

async function departuresOf(personId: string) {
  const { body } = await api.request('GET', `/v1/departures?personId=${personId}`);
  return body['items'] as readonly { id: string; requestedBy: string; leaveAt: { local: string } }[];
}

test('a departure begins by itself as many days before as its procedure gives notice, and once', async () => {
  setClock('2027-01-11');
  const id = await contractor();
  const forGood = await createTestPerson(api);
  setClock('2027-03-23');
  await look();
  expect(await departuresOf(id)).toEqual([]);
  setClock('2027-03-24');
  await Promise.all([look(), look(), look()]);
  await look();
  expect(await departuresOf(id)).toEqual([
    expect.objectContaining({
      ...{
        requestedBy: 'own_gangway',
        leaveAt: expect.objectContaining({ local: '2027-03-31T17:30+02:00' }),
      },
    }),
  ]);
  const [{ id: caseId } = { id: '' }] = await departuresOf(id);
  const shown = await api.request('GET', `/v1/departures/${caseId}`);
  expect(shown.body).toMatchObject({
    request: { reason: 'the time of the account is over' },
    engine: 'started',
  });
  expect(await departuresOf(forGood)).toEqual([]);
});

test('waits while another case is open, and begins once it is over', async () => {
  setClock('2027-03-20');
  const id = await contractor();
  const claimId = openCaseClaimId(api.orgId, id);
  const other = newId('cas');
  const person = (await api.repositories.people.get(api.orgId, id))!;
  const [known] = await api.repositories.cases.list(api.orgId, { limit: 1 });
  await api.repositories.cases.insert({ ...known!, id: other, personId: person.id, workflowId: other });
  await api.repositories.claims.take(claimId, api.orgId, other, api.clock.nowMs);
  setClock('2027-03-25');
  await look();
  expect((await departuresOf(id)).map((one) => one.id)).toEqual([other]);
  await api.repositories.claims.release(claimId, api.orgId, other);
  await look();
  expect(await departuresOf(id)).toHaveLength(2);
});

test('of somebody who was overlooked the account is closed at once', async () => {
  setClock('2027-01-11');
  const [soon, long] = [await contractor('2027-01-20'), await contractor('2027-01-21')];
  setClock('2027-03-01');
  await look();
  expect((await departuresOf(soon))[0]?.leaveAt.local).toContain('2027-03-01');
  setClock('2027-01-11');
  await api.repositories.people.update(api.orgId, long, 0, { endsOn: '2026-01-01' });
  await look();
  expect((await departuresOf(long))[0]?.leaveAt.local).toContain('2027-');
});

test('a departure that somebody called off stays so, until a day is named again', async () => {
  setClock('2027-03-20');
  const id = await contractor();
  setClock('2027-03-25');
  await look();
  const [{ id: caseId } = { id: '' }] = await departuresOf(id);
  const record = (await api.repositories.cases.get(api.orgId, caseId))!;
  await api.engine.command(record.workflowId, 'cancelCase', { actorId: 'own_hr' }, `cancel-${caseId}`);
  await api.engine.tell(record.workflowId, { kind: 'closed', atMs: api.clock.nowMs });
  await api.repositories.claims.release(openCaseClaimId(api.orgId, id), api.orgId, caseId);
  await look();
  expect(await departuresOf(id)).toHaveLength(1);

  const named = await api.request('PATCH', `/v1/people/${id}`, { endsOn: '2027-03-31' });
  expect(named.body['endsOn']).toBe('2027-03-31');
  await look();
  expect(await departuresOf(id)).toHaveLength(2);
});

test('goes through the guard like any other', async () => {
  const strict = await startTestApi({
    organisation: { guardLimits: { floor: 1, sharePercent: 1, ceiling: 1 } },
  });
  try {
    strict.clock.nowMs = Date.parse('2027-03-25T09:00:00Z');
    for (let n = 0; n < 3; n += 1) await createTestPerson(strict, { endsOn: '2027-03-26' });
    await endTimes(strict.context, () => false);
    const { body } = await strict.request('GET', '/v1/departures');
    const held = (body['items'] as readonly { state: string }[]).filter(
      ({ state }) => state === 'guard_held',
    );
    expect(held).toHaveLength(2);
  } finally {
    await strict.close();
  }
});

test('whoever is refused is tried again, and keeps nobody else', async () => {
  setClock('2027-03-20');
  const isProtected = await createTestPerson(api, { endsOn: '2027-03-25', protected: true });
  const other = await contractor('2027-03-25');
  await look();
  expect(await departuresOf(isProtected)).toEqual([]);
  expect(await departuresOf(other)).toHaveLength(1);
  expect(api.logs.join('\n')).toContain('PERSON_PROTECTED');
  await api.request('PATCH', `/v1/people/${isProtected}`, { protected: false });
  await look();
  expect(await departuresOf(isProtected)).toHaveLength(1);
});

test.each([
  ['2027-01-10', 'DATE_OUT_OF_RANGE'],
  ['2099-01-01', 'DATE_OUT_OF_RANGE'],
  ['2027-02-30', 'DATE_INVALID'],
])('%s is no end for anybody', async (endsOn, code) => {
  api.clock.nowMs = NOW_MS;
  const made = { firstName: 'Carl', lastName: 'Short', endsOn };
  expect((await api.request('POST', '/v1/people', made)).body).toMatchObject({ code, field: '/endsOn' });
  const id = await contractor();
  expect((await api.request('PATCH', `/v1/people/${id}`, { endsOn })).body).toMatchObject({
    code,
    field: '/endsOn',
  });
  expect((await api.request('PATCH', `/v1/people/${id}`, { endsOn: null })).body['endsOn']).toBeUndefined();
  api.clock.nowMs = NOW_MS + DAY;
});
