import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../shared/platform/new-id.ts';
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
let second: string;
let held: HeldReview;
beforeAll(async () => {
  api = await startTestApi();
  lea = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver' });
  second = await api.keyWith(['reviews:*', 'cases:*', 'people:*', 'departures:*']);
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reviews.isDown = false;
  held = await holdReview(api, { personId: lea });
});

interface Sent {
  readonly key?: string;
  readonly idempotencyKey?: string;
}
const send = (path: string, body: Json, { idempotencyKey = newId('key'), ...more }: Sent = {}) =>
  api.request('POST', `/v1/reviews/${held.review.id}/${path}`, body, { idempotencyKey, ...more });
const decide = (id: string, body: Json, sent?: Sent) => send(`findings/${id}/decision`, body, sent);
const confirm = (id: string, body: Json, sent?: Sent) => send(`findings/${id}/confirm`, body, sent);
const refusal = ({ status, body }: Reply) => [status, body['code'], body['field']];
const DISABLE = { kind: 'disable', reason: 'Nobody knows Lea' };
const KEEP = { kind: 'keep', reason: 'abroad', until: '2027-06-30' };

describe('a decision', () => {
  test('is written for the engine, which is told; in the audit there is no reason', async () => {
    const id = await held.found();
    const { status, body } = await decide(id, DISABLE);
    expect([status, body['state']]).toEqual([200, 'decided']);
    expect(body['decision']).toMatchObject({ ...DISABLE, by: { ownerId: api.ownerId, via: 'key' } });
    const { nowMs } = api.clock;
    expect(await held.stored(id)).toMatchObject({ nextAtMs: nowMs, decision: { atMs: nowMs } });
    expect((await held.stored(id)).decision?.by.scopes).toContain('cases:*');
    expect(held.told()).toBe(1);
    expect((await api.repositories.reviews.get(api.orgId, held.review.id))?.unheard).toBe(true);
    const entries = await held.audited(id);
    expect(entries).toMatchObject([
      { action: 'finding.decided', personId: lea, actorId: api.ownerId, detail: { kind: 'disable' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Nobody knows');
  });

  test('to keep is for the engine too; that somebody saw to it is an end at once', async () => {
    const [kept, attested] = [await held.found(), await held.found()];
    await decide(kept, KEEP);
    expect(await held.stored(kept)).toMatchObject({ state: 'kept', nextAtMs: api.clock.nowMs });
    await decide(attested, { kind: 'attest', reason: 'merged', proof: 'Ticket 12' });
    expect(await held.stored(attested)).toMatchObject({ state: 'attested' });
    expect(await held.stored(attested)).not.toHaveProperty('nextAtMs');
    expect(held.told()).toBe(2);
  });

  test('has one effect however often it is sent, also of two at once', async () => {
    const id = await held.found();
    const sent = { idempotencyKey: newId('key') };
    const [one, other] = await Promise.all([decide(id, DISABLE, sent), decide(id, DISABLE, sent)]);
    expect([one.status, other.body]).toEqual([200, one.body]);
    expect((await decide(id, DISABLE, sent)).body).toEqual(one.body);
    expect((await held.stored(id)).rev).toBe(1);
    expect(await held.audited(id)).toHaveLength(1);
    const again = await decide(id, KEEP);
    expect([...refusal(again), again.body['findingState']]).toEqual([
      ...[409, 'FINDING_STATE', undefined, 'decided'],
    ]);
    expect(
      refusal(await api.request('POST', `/v1/reviews/${held.review.id}/findings/${id}/decision`, DISABLE)),
    ).toEqual([...[400, 'IDEMPOTENCY_KEY_REQUIRED', 'Idempotency-Key']]);
  });

  test('that died on the way is finished by the same request', async () => {
    const id = await held.found();
    const sent = { idempotencyKey: newId('key') };
    const append = api.repositories.audit.append.bind(api.repositories.audit);
    api.context.repositories.audit.append = () => Promise.reject(new Error('the process died'));
    expect((await decide(id, DISABLE, sent)).status).toBe(500);
    api.context.repositories.audit.append = append;
    expect((await held.stored(id)).state).toBe('decided');
    expect(held.told()).toBe(0);
    expect((await decide(id, DISABLE, sent)).status).toBe(200);
    expect([(await held.stored(id)).rev, held.told()]).toEqual([1, 1]);
    expect(await held.audited(id)).toHaveLength(1);
  });

  test('counts while the engine is away: it hears of it later', async () => {
    const id = await held.found();
    api.reviews.isDown = true;
    expect((await decide(id, DISABLE)).status).toBe(200);
    expect((await api.repositories.reviews.get(api.orgId, held.review.id))?.unheard).toBe(true);
  });

  test('of one who reads how it stands and another who decides meanwhile is taken once', async () => {
    const id = await held.found();
    const replies = await Promise.all([decide(id, DISABLE), decide(id, KEEP, { key: second })]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test.each<[string, Json, number, string, string | undefined]>([
    ['nothing', {}, 400, 'INVALID_REQUEST', '/kind'],
    ['another kind', { kind: 'burn', reason: 'x' }, 400, 'INVALID_REQUEST', '/kind'],
    ['no reason', { kind: 'disable' }, 400, 'INVALID_REQUEST', '/reason'],
    ['keep without a day', { kind: 'keep', reason: 'x' }, 400, 'INVALID_REQUEST', '/until'],
    ['attest without a proof', { kind: 'attest', reason: 'x' }, 400, 'INVALID_REQUEST', '/proof'],
    ['a role to nobody', { kind: 'change_role', reason: 'x' }, 400, 'INVALID_REQUEST', '/role'],
    [
      'a deletion without a name',
      { kind: 'start_deletion', reason: 'x' },
      400,
      'INVALID_REQUEST',
      '/typedName',
    ],
    ['what it does not take', { ...DISABLE, until: '2027-06-30' }, 400, 'INVALID_REQUEST', '/until'],
    ['what is not known', { ...DISABLE, when: 'now' }, 400, 'UNKNOWN_FIELD', '/when'],
    [
      'what the rule does not allow',
      { kind: 'remove_alias', reason: 'x' },
      422,
      'DECISION_NOT_ALLOWED',
      '/kind',
    ],
    ['a day that is over', { ...KEEP, until: '2027-01-11' }, 422, 'DATE_OUT_OF_RANGE', '/until'],
    ['no day', { ...KEEP, until: '2027-02-30' }, 422, 'DATE_INVALID', '/until'],
  ])('with %s is refused and has no effect', async (_what, body, ...expected) => {
    const id = await held.found();
    expect(refusal(await decide(id, body))).toEqual(expected);
    expect([(await held.stored(id)).rev, held.told()]).toEqual([0, 0]);
  });

  test('is taken while the review is open; of what could not be started also afterwards', async () => {
    const [open, refused] = [
      await held.found(),
      await held.found({ state: 'refused', action: { fault: { code: 'CASE_EXISTS', atMs: 1 } } }),
    ];
    await api.repositories.reviews.update(held.review, { state: 'carrying_out' });
    const reply = await decide(open, DISABLE);
    expect([...refusal(reply), reply.body['reviewState']]).toEqual([
      ...[409, 'REVIEW_NOT_OPEN', undefined, 'carrying_out'],
    ]);
    expect((await decide(refused, DISABLE)).body).not.toHaveProperty('action');
  });

  test('takes the scope that it takes by hand', async () => {
    const id = await held.found();
    const key = await api.keyWith(['reviews:*']);
    const reply = await decide(id, DISABLE, { key });
    expect([reply.status, reply.body['code'], reply.body['detail']]).toEqual([
      ...[403, 'SCOPE_MISSING', 'The decision disable needs the scope cases:write.'],
    ]);
    expect((await decide(id, KEEP, { key })).status).toBe(200);
    expect(
      (await decide(await held.found(), KEEP, { key: await api.keyWith(['reviews:read']) })).status,
    ).toBe(403);
  });

  test('about oneself is refused, also with a key of the same owner that names nobody', async () => {
    const scopes = ['reviews:write', 'cases:write'];
    const keyOf = async (body: Json) =>
      (await api.request('POST', '/v1/api-keys', { ownerName: 'Lea', scopes, ...body })).body;
    const named = await keyOf({ personId: lea });
    const owner = named['owner'] as { readonly id: string };
    const nameless = await keyOf({ ownerId: owner.id });
    const id = await held.found();
    for (const key of [named, nameless])
      expect(refusal(await decide(id, DISABLE, { key: String(key['key']) }))).toEqual([
        ...[403, 'OWN_FINDING', undefined],
      ]);
    expect((await held.stored(id)).state).toBe('open');
  });
});

describe('about an administrator', () => {
  test('a decision waits for a second person and is nothing to the engine until then', async () => {
    const id = await held.found({ needsSecond: true });
    expect((await decide(id, DISABLE)).body['state']).toBe('awaiting_second');
    expect(held.told()).toBe(0);
    expect(refusal(await confirm(id, {}))).toEqual([403, 'SECOND_IS_DECIDER', undefined]);
    const sent = { key: second, idempotencyKey: newId('key') };
    const { body } = await confirm(id, {}, sent);
    expect(body).toMatchObject({ state: 'decided', decision: { ...DISABLE, second: { via: 'key' } } });
    expect((await confirm(id, {}, sent)).body).toEqual(body);
    expect([await held.stored(id), held.told()]).toMatchObject([{ rev: 2, nextAtMs: api.clock.nowMs }, 1]);
    expect((await held.audited(id)).map(({ action }) => action)).toEqual([
      ...['finding.decided', 'finding.confirmed'],
    ]);
  });

  test('a second person who does not agree leaves it to be decided again', async () => {
    const id = await held.found({ needsSecond: true });
    await decide(id, KEEP);
    const { body } = await confirm(id, { verdict: 'reject' }, { key: second });
    expect(body['state']).toBe('open');
    expect(body).not.toHaveProperty('decision');
    expect(refusal(await confirm(id, {}, { key: second }))).toEqual([409, 'FINDING_STATE', undefined]);
  });

  test('the second person needs the scope of what is decided', async () => {
    const id = await held.found({ needsSecond: true });
    await decide(id, DISABLE);
    const key = await api.keyWith(['reviews:write']);
    expect(refusal(await confirm(id, {}, { key }))).toEqual([403, 'SCOPE_MISSING', undefined]);
    expect((await confirm(id, { verdict: 'reject' }, { key })).status).toBe(200);
  });
});
