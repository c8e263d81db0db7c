import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../shared/platform/new-id.ts';
import { aReview } from '../../support/review-builders.ts';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let mona: string;
beforeAll(async () => {
  api = await startTestApi();
  mona = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
});
afterAll(() => api.close());
beforeEach(() => {
  api.reviews.isDown = false;
});

const PATH = '/v1/reviews/definitions';
const define = (fields: Json = {}, options = {}): Promise<Reply> =>
  api.request('POST', PATH, { name: 'Accounts', ...fields }, options);
const made = async (fields: Json = {}): Promise<string> => String((await define(fields)).body['id']);
const get = (id: string) => api.request('GET', `${PATH}/${id}`);
const patch = (id: string, body: Json, headers = {}) =>
  api.request('PATCH', `${PATH}/${id}`, body, { headers });
const tell = (id: string, command: string, idempotencyKey = newId('key')) =>
  api.request('POST', `${PATH}/${id}/${command}`, {}, { idempotencyKey });
const stored = async (id: string) => (await api.repositories.reviews.getDefinition(api.orgId, id))!;
const refusal = ({ status, body }: Reply) => [status, body['code'], body['field']];
const audited = async (id: string) => {
  const { connection } = api.repositories.database;
  const entries = await connection.collection('audit').find({ orgId: api.orgId }).toArray();
  return entries
    .filter((entry) => JSON.stringify(entry['detail']).includes(id))
    .map((entry) => String(entry['action']))
    .toSorted();
};

describe('a definition', () => {
  test('needs a name alone: the rest is as usual, and its schedule is there', async () => {
    const { status, body, headers } = await define();
    const id = String(body['id']);
    expect([status, headers.get('location')]).toEqual([201, `${PATH}/${id}`]);
    expect(body).toMatchObject({
      ...{ name: 'Accounts', timeZone: 'Europe/Zurich', scope: { kind: 'all' }, rules: {} },
      calendar: { every: 'quarter', day: 1, time: '08:00' },
      ...{ jitterMinutes: 5, reviewers: { kind: 'managers' }, openDays: 14, remindDaysBefore: [7, 2] },
      ...{ escalateDaysBefore: 3, onSilence: 'no_change', requestedBy: api.ownerId },
      ...{ arranged: true, nextAt: '2027-01-01T07:00:00.000Z' },
    });
    expect(await api.reviews.isArranged(await stored(id))).toBe(true);
    expect(headers.get('etag')).toBe(`"${(await stored(id)).rev}"`);
    expect((await get(id)).body).toEqual(body);
    expect(await audited(id)).toEqual(['reviewDefinition.created']);
  });

  test('takes everything that can be said', async () => {
    const fields = {
      calendar: { every: 'custom', months: [2, 8], days: [15, 28], time: '21:59' },
      ...{ timeZone: 'Asia/Tokyo', scope: { kind: 'department', department: 'Sales' } },
      rules: { inactive: { on: true, threshold: 3650 } },
      reviewers: { kind: 'person', personId: mona, fallbackId: mona },
      ...{ openDays: 90, remindDaysBefore: [89, 0], escalateDaysBefore: 0, jitterMinutes: 0 },
      onSilence: 'as_proposed',
    };
    expect((await define(fields)).body).toMatchObject(fields);
  });

  test('that is open for a short time only has the usual notices that fit', async () => {
    expect((await define({ openDays: 5 })).body).toMatchObject({
      remindDaysBefore: [2],
      escalateDaysBefore: 3,
    });
    expect((await define({ openDays: 1 })).body).toMatchObject({
      remindDaysBefore: [],
      escalateDaysBefore: 0,
    });
  });

  test('is made once for each Idempotency-Key', async () => {
    const idempotencyKey = newId('key');
    const [first, again] = [await define({}, { idempotencyKey }), await define({}, { idempotencyKey })];
    expect(again.body).toEqual(first.body);
    expect(await audited(String(first.body['id']))).toHaveLength(1);
  });

  test('is taken while the engine is away, and arranged when it is changed after that', async () => {
    api.reviews.isDown = true;
    const { status, body } = await define();
    const id = String(body['id']);
    expect([status, body['arranged'], 'nextAt' in body]).toEqual([201, false, false]);
    expect((await stored(id)).unheard).toBe(true);
    expect((await patch(id, { openDays: 20 })).body).toMatchObject({ openDays: 20, arranged: false });
    api.reviews.isDown = false;
    expect((await patch(id, { openDays: 21 })).body).toMatchObject({ openDays: 21, arranged: true });
    expect(api.reviews.schedules.get(id)).toMatchObject({ openDays: 21 });
    expect(await api.reviews.isArranged(await stored(id))).toBe(true);
  });

  test('is unheard for as long as its schedule may be of another revision', async () => {
    const id = await made();
    const before = await stored(id);
    const arrange = api.reviews.arrange.bind(api.reviews);
    // Somebody else changes it just while the schedule is being made.
    api.reviews.arrange = async (definition) => {
      api.reviews.arrange = arrange;
      const now = await stored(id);
      await api.repositories.reviews.updateDefinition(now, { name: 'Another', unheard: true });
      return arrange(definition);
    };
    expect((await patch(id, { openDays: 30 })).status).toBe(200);
    const after = await stored(id);
    expect([after.name, after.openDays, after.unheard]).toEqual(['Another', 30, true]);
    expect(after.rev).toBe(before.rev + 2);
  });
});

describe('a change of a definition', () => {
  test('changes what is named, and the schedule with it', async () => {
    const id = await made({ rules: { inactive: { threshold: 60 } } });
    const calendar = { every: 'month', day: 28, time: '04:00' };
    const { body } = await patch(id, { calendar, name: 'Monthly' });
    expect(body).toMatchObject({
      ...{ calendar, name: 'Monthly', arranged: true },
      rules: { inactive: { on: true, threshold: 60 } },
    });
    expect(api.reviews.schedules.get(id)).toMatchObject({ calendar });
    expect(await api.reviews.isArranged(await stored(id))).toBe(true);
    expect(await audited(id)).toEqual(['reviewDefinition.changed', 'reviewDefinition.created']);
  });

  test('is made by one of several who have seen the same', async () => {
    const id = await made();
    const tag = { 'If-Match': String((await get(id)).headers.get('etag')) };
    const statuses = await Promise.all(
      [20, 21, 22].map(async (openDays) => (await patch(id, { openDays }, tag)).status),
    );
    expect(statuses.toSorted()).toEqual([200, 412, 412]);
  });

  test('is held to the whole: notices that no longer fit are refused', async () => {
    const id = await made();
    expect(refusal(await patch(id, { openDays: 7 }))).toEqual([
      ...[422, 'NOTICE_OUTSIDE_REVIEW', '/remindDaysBefore'],
    ]);
    expect((await patch(id, { openDays: 8, remindDaysBefore: [7] })).status).toBe(200);
  });
});

describe('told', () => {
  test('to pause and to resume, the schedule does; twice is once', async () => {
    const id = await made();
    const paused = await tell(id, 'pause');
    expect(paused.body).toMatchObject({ paused: { by: api.ownerId }, arranged: true });
    expect(paused.body).not.toHaveProperty('nextAt');
    expect(api.reviews.schedules.get(id)).toHaveProperty('paused');
    expect((await tell(id, 'pause')).body['paused']).toEqual(paused.body['paused']);
    expect((await tell(id, 'resume')).body).not.toHaveProperty('paused');
    expect(api.reviews.schedules.get(id)).not.toHaveProperty('paused');
    expect(await audited(id)).toContain('reviewDefinition.paused');
    expect(refusal(await api.request('POST', `${PATH}/${id}/pause`, {}))).toEqual([
      ...[400, 'IDEMPOTENCY_KEY_REQUIRED', 'Idempotency-Key'],
    ]);
  });

  test('to begin now, one begins, unless one is under way', async () => {
    const id = await made();
    const reply = await tell(id, 'trigger', 'once');
    expect(reply.status).toBe(202);
    await tell(id, 'trigger', 'once');
    expect(api.reviews.triggered.filter((one) => one === id)).toHaveLength(1);
    const review = aReview(api.orgId, api.clock.nowMs, { definitionId: id });
    await api.repositories.reviews.insert(review);
    const refused = await tell(id, 'trigger');
    expect([refused.status, refused.body['code'], refused.body['reviewId']]).toEqual([
      ...[409, 'REVIEW_UNDER_WAY', review.id],
    ]);
    await api.repositories.reviews.update(review, { state: 'completed' });
    expect((await tell(id, 'trigger')).status).toBe(202);
  });

  test('to begin now, the engine has to be there; a schedule that was lost is made again', async () => {
    const id = await made();
    api.reviews.isDown = true;
    expect(refusal(await tell(id, 'trigger'))).toEqual([503, 'ENGINE_UNAVAILABLE', undefined]);
    api.reviews.isDown = false;
    api.reviews.schedules.delete(id);
    expect((await tell(id, 'trigger')).status).toBe(202);
    expect(await api.reviews.isArranged(await stored(id))).toBe(true);
  });
});

test('one that is removed has no schedule, can be seen, and takes nothing any more', async () => {
  const id = await made();
  expect((await api.request('DELETE', `${PATH}/${id}`)).status).toBe(204);
  expect(api.reviews.schedules.has(id)).toBe(false);
  expect(await api.reviews.isArranged(await stored(id))).toBe(true);
  expect((await get(id)).body).toMatchObject({ removed: { by: api.ownerId } });
  for (const reply of [
    await patch(id, { openDays: 20 }),
    await api.request('DELETE', `${PATH}/${id}`),
    await tell(id, 'pause'),
    await tell(id, 'resume'),
    await tell(id, 'trigger'),
  ])
    expect(refusal(reply)).toEqual([404, 'REVIEW_DEFINITION_NOT_FOUND', undefined]);
  expect(api.reviews.schedules.has(id)).toBe(false);
});

test('are listed the newest first in pages, the removed ones by themselves, of this organisation alone', async () => {
  const other = await api.anotherOrganisation();
  const own = async (path = '') => (await other.request('GET', `${PATH}${path}`)).body;
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C'])
    ids.push(String((await other.request('POST', PATH, { name })).body['id']));
  await other.request('DELETE', `${PATH}/${String(ids[1])}`);
  const namesOf = (body: Json) => (body['items'] as readonly Json[]).map(({ name }) => name);
  const first = await own('?limit=1');
  expect(namesOf(first)).toEqual(['C']);
  expect(namesOf(await own(`?limit=1&after=${String(first['next'])}`))).toEqual(['A']);
  expect(namesOf(await own('?removed=true'))).toEqual(['B']);
  expect(refusal(await get(String(ids[0])))).toEqual([404, 'REVIEW_DEFINITION_NOT_FOUND', undefined]);
});
