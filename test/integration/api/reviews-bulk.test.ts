import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../shared/platform/new-id.ts';
import { aFinding, aReview } from '../../support/review-builders.ts';
import { holdReview, type HeldReview } from '../../support/held-review.ts';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let lea: string;
let held: HeldReview;
beforeAll(async () => {
  api = await startTestApi();
  lea = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver' });
});
afterAll(() => api.close());
beforeEach(async () => {
  held = await holdReview(api, { personId: lea });
});

interface Sent {
  readonly key?: string;
  readonly idempotencyKey?: string;
}
const send = (path: string, body: Json, { idempotencyKey = newId('key'), ...more }: Sent = {}) =>
  api.request('POST', `/v1/reviews/${held.review.id}/${path}`, body, { idempotencyKey, ...more });
const refusal = ({ status, body }: Reply) => [status, body['code'], body['field']];
const DISABLE = { kind: 'disable', reason: 'Nobody knows Lea' };

describe('many at once', () => {
  const bulk = (body: Json, sent?: Sent) => send('decisions', { decision: DISABLE, ...body }, sent);
  const filter = (expected: number, more: Json = {}) => ({ filter: { expected, ...more } });

  test('are decided each for itself, with a result each', async () => {
    const [one, decided, ofAdministrator] = [
      await held.found(),
      await held.found({ state: 'kept' }),
      await held.found({ needsSecond: true }),
    ];
    const elsewhere = aFinding(aReview(api.orgId, 0));
    await api.repositories.findings.insertMany([elsewhere]);
    const findingIds = [one, decided, ofAdministrator, elsewhere.id, one];
    const { status, body } = await bulk({ findingIds });
    expect([status, body['decided'], body['refused']]).toEqual([200, 2, 2]);
    expect(body['results']).toEqual([
      { findingId: one, result: 'decided', state: 'decided' },
      { findingId: decided, result: 'refused', code: 'FINDING_STATE', sentence: expect.any(String) },
      { findingId: ofAdministrator, result: 'decided', state: 'awaiting_second' },
      { findingId: elsewhere.id, result: 'refused', code: 'FINDING_NOT_FOUND', sentence: expect.any(String) },
    ]);
    expect(held.told()).toBe(1);
    expect(await held.audited(one)).toHaveLength(1);
  });

  test('are named by a filter, with the number that is expected', async () => {
    const ids = [await held.found(), await held.found(), await held.found()].toSorted();
    await held.found({ state: 'kept' });
    const differs = await bulk(filter(2, { rule: 'inactive' }));
    expect([...refusal(differs), differs.body['found']]).toEqual([
      ...[409, 'FINDINGS_COUNT_DIFFERS', '/filter/expected', 3],
    ]);
    expect((await bulk(filter(4))).status).toBe(409);
    expect(held.told()).toBe(0);
    const { body } = await bulk(filter(3));
    expect((body['results'] as readonly Json[]).map(({ findingId }) => findingId)).toEqual(ids);
    expect(body['decided']).toBe(3);
  });

  test('that were decided in part before the process died are finished by the same request', async () => {
    await Promise.all(Array.from({ length: 6 }, () => held.found()));
    const sent = { idempotencyKey: newId('key') };
    const append = api.repositories.audit.append.bind(api.repositories.audit);
    let entries = 0;
    api.context.repositories.audit.append = (entry) => {
      entries += 1;
      return entries > 3 ? Promise.reject(new Error('the process died')) : append(entry);
    };
    expect((await bulk(filter(6), sent)).status).toBe(500);
    api.context.repositories.audit.append = append;
    const { status, body } = await bulk(filter(6), sent);
    expect([status, body['decided']]).toEqual([200, 6]);
    const all = await api.repositories.findings.list(api.orgId, held.review.id, { limit: 9 });
    expect(all.map(({ state, rev }) => [state, rev])).toEqual(all.map(() => ['decided', 1]));
    expect(await held.audited(held.review.id)).toHaveLength(6);
    expect((await bulk(filter(6), sent)).body).toEqual(body);
  });

  test.each<[string, Json, string]>([
    ['nothing', {}, '/findingIds'],
    ['both', { findingIds: ['fnd_1'], filter: { expected: 1 } }, '/findingIds'],
    ['more than 500', { findingIds: Array.from({ length: 501 }, (_, at) => `fnd_${at}`) }, '/findingIds'],
    ['none', { findingIds: [] }, '/findingIds'],
    ['a filter without a number', { filter: {} }, '/filter/expected'],
    ['what is decided already', { filter: { expected: 1, state: 'kept' } }, '/filter/state'],
    [
      'a deletion',
      { findingIds: ['fnd_1'], decision: { kind: 'start_deletion', typedName: 'Lea Leaver', reason: 'x' } },
      '/decision/kind',
    ],
    [
      'keep without a day',
      { findingIds: ['fnd_1'], decision: { kind: 'keep', reason: 'x' } },
      '/decision/until',
    ],
  ])('are refused with %s', async (_what, body, field) => {
    const reply = await bulk(body);
    expect([reply.status, reply.body['field']]).toEqual([400, field]);
  });

  test('take the scope of what is decided', async () => {
    const key = await api.keyWith(['reviews:*']);
    expect((await bulk({ findingIds: [await held.found()] }, { key })).status).toBe(403);
  });
});
