import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { documentedFetch } from '../../support/documented.ts';
import { aFinding, aReview, TERMS } from '../../support/review-builders.ts';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let lea: string;
let mona: string;
beforeAll(async () => {
  api = await startTestApi();
  mona = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
  lea = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver', department: 'Sales' });
});
afterAll(() => api.close());

async function held(overrides: Partial<Review> = {}): Promise<Review> {
  const review = aReview(api.orgId, api.clock.nowMs, overrides);
  await api.repositories.reviews.insert(review);
  return review;
}
async function found(review: Review, overrides: Partial<Finding> = {}): Promise<Finding> {
  const finding = aFinding(review, overrides);
  await api.repositories.findings.insertMany([finding]);
  return finding;
}
const get = (path: string) => api.request('GET', `/v1/reviews${path}`);
const idsOf = ({ body }: Reply) => (body['items'] as readonly Json[]).map(({ id }) => id);
const refusal = ({ status, body }: Reply) => [status, body['code']];
const cancel = (id: string, body: Json = { reason: 'wrong scope' }, idempotencyKey = newId('key')) =>
  api.request('POST', `/v1/reviews/${id}/cancel`, body, { idempotencyKey });

test('every rule has a document', async () => {
  const { body } = await get('/rules');
  expect(body['items']).toContainEqual({
    ...{ name: 'inactive', title: 'Account inactive', description: expect.any(String) },
    threshold: { unit: 'days', usual: 90, least: 1, most: 3650 },
    ...{ takesPlaces: false, usuallyOn: true, proposes: 'disable', answeredBySignIn: true },
    allows: ['keep', 'attest', 'disable', 'start_departure'],
  });
});

test('reviews are listed the newest first, by definition and by state, of this organisation alone', async () => {
  const definitionId = newId('rvd');
  const [first, second] = [await held({ definitionId, state: 'completed' }), await held({ definitionId })];
  await held();
  expect(idsOf(await get(`?definitionId=${definitionId}`))).toEqual([second.id, first.id]);
  expect(idsOf(await get(`?definitionId=${definitionId}&state=completed`))).toEqual([first.id]);
  const page = await get(`?definitionId=${definitionId}&limit=1`);
  expect(idsOf(await get(`?definitionId=${definitionId}&after=${String(page.body['next'])}`))).toEqual([
    first.id,
  ]);
  const other = await api.anotherOrganisation();
  expect(refusal(await other.request('GET', `/v1/reviews/${first.id}`))).toEqual([404, 'REVIEW_NOT_FOUND']);
  expect((await other.request('GET', '/v1/reviews')).body['items']).toEqual([]);
});

describe('a review', () => {
  test('shows how far the collecting came', async () => {
    const { id } = await held({
      state: 'collecting',
      progress: { stage: 'people', after: lea, people: 200, accounts: 210 },
    });
    const { body } = await get(`/${id}`);
    expect(body).toMatchObject({ progress: { stage: 'people', people: 200, accounts: 210 }, counts: {} });
    expect(body['links']).not.toHaveProperty('decisions');
  });

  test('counts its findings as they are now, and stands beside the one before', async () => {
    const previous = await held({ state: 'completed', found: { inactive: 9, administrator: 2 } });
    const review = await held({ previousId: previous.id, found: { inactive: 3 } });
    const first = await found(review);
    await found(review, { state: 'kept' });
    await found(review);
    const { body, headers } = await get(`/${review.id}`);
    expect(body).toMatchObject({
      ...{ state: 'open', definitionId: review.definitionId, terms: TERMS },
      closesAt: new Date(api.clock.nowMs + 14 * 86_400_000).toISOString(),
      counts: { open: 2, kept: 1 },
      trend: {
        previousId: previous.id,
        rules: [
          { rule: 'inactive', before: 9, now: 3 },
          { rule: 'administrator', before: 2, now: 0 },
        ],
      },
      links: {
        findings: `/v1/reviews/${review.id}/findings`,
        cancel: `/v1/reviews/${review.id}/cancel`,
        previous: `/v1/reviews/${previous.id}`,
      },
    });
    const known = { headers: { 'If-None-Match': String(headers.get('etag')) } };
    const again = () => api.request('GET', `/v1/reviews/${review.id}`, undefined, known);
    expect((await again()).status).toBe(304);
    await api.repositories.findings.update(first, { state: 'done' });
    expect((await again()).body['counts']).toEqual({ open: 1, kept: 1, done: 1 });
  });

  test('shows at its end what was counted then', async () => {
    const { id } = await held({ state: 'completed', ended: { defaulted: 4 }, endedAtMs: api.clock.nowMs });
    expect((await get(`/${id}`)).body['counts']).toEqual({ defaulted: 4 });
  });

  test('is cancelled once: its workflow hears of it, and the reason is not in the audit', async () => {
    const { id } = await held();
    const { status, body } = await cancel(id, { reason: 'Lea is not to be asked' }, 'once');
    expect([status, body['state']]).toEqual([200, 'cancelled']);
    expect(body['cancelled']).toMatchObject({ by: api.ownerId, reason: 'Lea is not to be asked' });
    expect((await cancel(id, { reason: 'Lea is not to be asked' }, 'once')).body).toEqual(body);
    expect(refusal(await cancel(id))).toEqual([409, 'REVIEW_OVER']);
    expect(api.reviews.told.filter((review) => review.id === id)).toHaveLength(1);
    expect(await api.repositories.reviews.get(api.orgId, id)).toMatchObject({ unheard: true });
    const { connection } = api.repositories.database;
    const entries = await connection.collection('audit').find({ action: 'review.cancelled' }).toArray();
    const ours = entries.filter((entry) => JSON.stringify(entry).includes(id));
    expect(ours).toHaveLength(1);
    expect(JSON.stringify(ours)).not.toContain('Lea');
  });

  test('is cancelled while the engine is away, and heard of later', async () => {
    const { id } = await held();
    api.reviews.isDown = true;
    expect((await cancel(id)).status).toBe(200);
    api.reviews.isDown = false;
    expect((await api.repositories.reviews.listUnheard(1_000)).map((review) => review.id)).toContain(id);
  });
});

describe('findings', () => {
  test('explain themselves', async () => {
    const review = await held();
    const account = { target: 'directory', accountId: lea.replace('per_', 'acc_') };
    const { id } = await found(review, { personId: lea, account, reviewerId: mona });
    const { body } = await get(`/${review.id}/findings/${id}`);
    const person = (await api.request('GET', `/v1/people/${lea}`)).body;
    expect(body).toEqual({
      ...{ id, reviewId: review.id, rule: 'inactive', title: 'Account inactive' },
      sentence: 'Nobody signed in for 100 days; 90 days or more are found.',
      ...{ value: 100, threshold: 90, evidence: { lastLoginAt: '2026-10-01T00:00:00.000Z' } },
      person: { id: lea, name: 'Lea Leaver', address: person['address'], department: 'Sales' },
      ...{ account, proposes: 'disable', allows: ['keep', 'attest', 'disable', 'start_departure'] },
      ...{ needsSecond: false, state: 'open', reviewer: { id: mona, name: 'Mona Manager' } },
      foundAt: '2027-01-11T00:00:00.000Z',
    });
    expect((await get(`/${review.id}/findings`)).body['items']).toEqual([body]);
  });

  test('show what was decided and what became of it, without a typed name and scopes', async () => {
    const review = await held({ state: 'carrying_out' });
    const scopes = ['cases:write'];
    const { id } = await found(review, {
      state: 'started',
      decision: {
        ...{ kind: 'start_deletion', typedName: 'Lea Leaver', reason: 'gone', atMs: 1_000 },
        by: { ownerId: 'own_1', via: 'key', scopes },
        second: { ownerId: mona, personId: mona, via: 'link', scopes, atMs: 2_000 },
      },
      action: { startedAtMs: 3_000, caseId: 'cas_1', warned: [14] },
    });
    const { body } = await get(`/${review.id}/findings/${id}`);
    expect(body['decision']).toEqual({
      ...{ kind: 'start_deletion', reason: 'gone', at: '1970-01-01T00:00:01.000Z' },
      by: { ownerId: 'own_1', via: 'key' },
      second: { ownerId: mona, personId: mona, via: 'link', at: '1970-01-01T00:00:02.000Z' },
    });
    expect(body['action']).toEqual({
      ...{ startedAt: '1970-01-01T00:00:03.000Z', caseId: 'cas_1', warned: [14] },
    });
  });

  test('are found by state, rule, reviewer and person, in pages', async () => {
    const review = await held();
    const asked = await found(review, { personId: lea, reviewerId: mona });
    const kept = await found(review, { personId: mona, state: 'kept' });
    const list = async (query: string) => idsOf(await get(`/${review.id}/findings${query}`));
    expect(await list('?state=kept')).toEqual([kept.id]);
    expect(await list(`?reviewerId=${mona}`)).toEqual([asked.id]);
    expect(await list(`?personId=${lea}&rule=inactive`)).toEqual([asked.id]);
    expect(await list(`?personId=${lea}&state=kept`)).toEqual([]);
    const page = await get(`/${review.id}/findings?limit=1`);
    const rest = await list(`?after=${String(page.body['next'])}`);
    expect([...idsOf(page), ...rest].toSorted()).toEqual([asked.id, kept.id].toSorted());
  });

  test('of another review are not found here', async () => {
    const [review, other] = [await held(), await held()];
    const { id } = await found(other);
    expect(refusal(await get(`/${review.id}/findings/${id}`))).toEqual([404, 'FINDING_NOT_FOUND']);
    expect(refusal(await get(`/${newId('rvw')}/findings`))).toEqual([404, 'REVIEW_NOT_FOUND']);
  });
});

describe('the report', () => {
  const TEXTS = {
    json: ['{"review":', '"Zoë"}\n'],
    csv: ['rule,person\r\n', 'inactive,Zoë\r\n'],
    html: ['<!doctype html><p>', 'Zoë</p>'],
  } as const;
  const FORMATS = ['json', 'csv', 'html'] as const;

  async function reported(): Promise<Review> {
    const id = newId('rvw');
    const { orgId } = api;
    const reports = Object.fromEntries(
      FORMATS.map((format) => {
        const whole = Buffer.from(TEXTS[format].join(''));
        const sha256 = createHash('sha256').update(whole).digest('hex');
        return [format, { sha256, bytes: whole.length, parts: TEXTS[format].length }];
      }),
    ) as NonNullable<Review['reports']>;
    for (const format of FORMATS)
      for (const [index, text] of TEXTS[format].entries())
        await api.repositories.reviewReports.insertPart({
          ...{ orgId, reviewId: id, format, number: index + 1, text },
        });
    return held({ id, state: 'completed', reports });
  }
  const download = (id: string, query = '', headers: Readonly<Record<string, string>> = {}) =>
    documentedFetch(`${api.url}/v1/reviews/${id}/report${query}`, {
      headers: { Authorization: `Bearer ${api.key}`, ...headers },
    });

  test.each<[string, string, string, (typeof FORMATS)[number]]>([
    ['nothing named', '', '*/*', 'json'],
    ['a browser', '', 'text/html,application/xhtml+xml', 'html'],
    ['a spreadsheet', '', 'text/csv', 'csv'],
    ['a format, which beats the type', '?format=csv', 'text/html', 'csv'],
    ['a format', '?format=html', '*/*', 'html'],
  ])('comes byte by byte as it was written: %s', async (_what, query, accept, format) => {
    const { id } = await reported();
    const response = await download(id, query, { Accept: accept });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString()).toBe(TEXTS[format].join(''));
    const digest = createHash('sha256').update(bytes).digest('base64');
    expect(response.headers.get('content-digest')).toBe(`sha-256=:${digest}:`);
    expect(response.headers.get('content-disposition')).toContain(`review-${id}.${format}`);
    expect((await get(`/${id}`)).body['reports']).toMatchObject({ json: { parts: 2 } });
  });

  test('that is not the one that was written any more is not sent', async () => {
    const { id } = await reported();
    const parts = api.repositories.database.connection.collection<{ _id: string }>('review_reports');
    await parts.updateOne({ _id: `report:${id}:csv:2` }, { $set: { text: 'inactive,Zoe\r\n' } });
    const refusedWith = async (format: string) => {
      const response = await download(id, `?format=${format}`);
      return [response.status, ((await response.json()) as Json)['code']];
    };
    expect(await refusedWith('csv')).toEqual([500, 'REPORT_DAMAGED']);
    await parts.deleteOne({ _id: `report:${id}:html:2` });
    expect(await refusedWith('html')).toEqual([500, 'REPORT_DAMAGED']);
    expect((await download(id, '?format=json')).status).toBe(200);
  });

  test('is there when the review is over, and each access is in the audit', async () => {
    const { id } = await held();
    expect(refusal(await get(`/${id}/report`))).toEqual([409, 'REVIEW_NOT_OVER']);
    const done = await reported();
    await download(done.id);
    await download(done.id);
    const { connection } = api.repositories.database;
    const entries = await connection.collection('audit').find({ action: 'review.reportRead' }).toArray();
    expect(entries.filter((entry) => JSON.stringify(entry).includes(done.id))).toHaveLength(2);
  });
});

test('everything of reviews takes their scope', async () => {
  const key = await api.keyWith(['people:*', 'cases:*']);
  const { id } = await held();
  for (const path of ['', '/rules', `/${id}`, `/${id}/findings`, `/${id}/report`])
    expect((await api.request('GET', `/v1/reviews${path}`, undefined, { key })).status).toBe(403);
  const reader = await api.keyWith(['reviews:read']);
  const options = { key: reader, idempotencyKey: 'k' };
  expect((await api.request('POST', `/v1/reviews/${id}/cancel`, { reason: 'x' }, options)).status).toBe(403);
});
