import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

const TOKEN = 'a-token-of-enough-letters';
const CASE_ID = `cas_${'0'.repeat(26)}`;

let api: TestApi;
let personId: string;

beforeAll(async () => {
  api = await startTestApi();
  personId = await createTestPerson(api, { firstName: 'Canary' });
  await api.request('GET', `/v1/people/${personId}`);
  await api.request('GET', '/v1/people?search=canary');
  await api.request('GET', '/v1/people/per_0000000000000000000000000');
  await api.request('GET', '/v1/people', undefined, { key: '' });
  await api.request('GET', '/canary/nowhere');
  await api.request('GET', `/v1/departures/${CASE_ID}`);
  await api.request('GET', '/v1/departures/cas_canary');
  await api.page('GET', '/setup/canarytoken');
});
afterAll(() => api.close());

async function read(of: TestApi, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${of.url}/metrics`, { headers });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

function accessLines(): readonly Record<string, unknown>[] {
  const lines = api.logs.map((line) => JSON.parse(line) as Record<string, unknown>);
  return lines.filter(({ msg }) => msg === 'request');
}

describe('the metrics of the API', () => {
  test('count requests by route, method and status, and problems by code', async () => {
    const { status, type, text } = await read(api);
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    for (const line of [
      'gangway_api_requests_total{method="POST",route="/v1/people",status="201"} 1',
      'gangway_api_requests_total{method="GET",route="/v1/people/:id",status="200"} 1',
      'gangway_api_requests_total{method="GET",route="/v1/people/:id",status="404"} 1',
      'gangway_api_requests_total{method="GET",route="/setup/:token",status="404"} 1',
      'gangway_api_requests_total{method="GET",route="unmatched",status="404"} 1',
      'gangway_api_requests_total{method="GET",route="unmatched",status="401"} 1',
      'gangway_api_request_duration_seconds_count{method="GET",route="/v1/people/:id"} 2',
      'gangway_api_problems_total{code="PERSON_NOT_FOUND"} 1',
      'gangway_api_problems_total{code="KEY_REQUIRED"} 1',
      'gangway_api_requests_under_way 1',
    ])
      expect(text).toContain(`${line}\n`);
  });

  test('name nobody and nothing that was asked for', async () => {
    const { text } = await read(api);
    for (const word of ['canary', personId, api.orgId, CASE_ID, api.key])
      expect(text.toLowerCase()).not.toContain(word.toLowerCase());
  });

  test('are for this machine, and not for what comes through a proxy on it', async () => {
    const { status, text } = await read(api, { 'X-Forwarded-For': '192.0.2.7' });
    expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([401, 'METRICS_TOKEN_REQUIRED']);
  });

  test('are for whoever sends the token, where there is one', async () => {
    const guarded = await startTestApi({ metricsToken: TOKEN });
    try {
      expect((await read(guarded)).status).toBe(401);
      expect((await read(guarded, { Authorization: 'Bearer another' })).status).toBe(401);
      expect((await read(guarded, { Authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    } finally {
      await guarded.close();
    }
  });
});

describe('the log of the API', () => {
  test('has one line for each request: who, what and how long, never the address or the query', () => {
    const shown = accessLines().find(({ route, status }) => route === '/v1/people/:id' && status === 200);
    expect(shown).toMatchObject({ method: 'GET', orgId: api.orgId, ms: expect.any(Number) });
    expect(shown?.['requestId']).toMatch(/^req_/u);
    expect(accessLines().map(({ route }) => route)).toEqual(
      expect.arrayContaining(['/v1/people', '/setup/:token', 'unmatched']),
    );
    expect(api.logs.join('').toLowerCase()).not.toContain('canary');
    expect(api.logs.join('')).not.toContain(personId);
  });

  test('says why a request was refused', () => {
    expect(accessLines()).toContainEqual(
      expect.objectContaining({ route: 'unmatched', status: 401, problem: 'KEY_REQUIRED' }),
    );
  });

  test('names the case a request is about, where it is the id of one', () => {
    const about = accessLines().filter(({ route }) => route === '/v1/departures/:id');
    expect(about.map(({ caseId }) => caseId)).toEqual([CASE_ID, undefined]);
  });

  test('names the case that a request made, in whatever is logged on the way', async () => {
    const leaver = await createTestPerson(api);
    const { body } = await api.request('POST', '/v1/departures', {
      ...{ personId: leaver, lastDay: '2027-02-26', reason: 'resigned', autoReply: { enabled: false } },
    });
    const line = accessLines().find(({ route, method }) => route === '/v1/departures' && method === 'POST');
    expect(line).toMatchObject({ status: 202, caseId: body['id'] });
  });

  test('has the lines of a failure under the same request', async () => {
    const failing = await startTestApi();
    try {
      const { people } = failing.repositories;
      people.get = () => Promise.reject(new RangeError('somewhere inside'));
      const reply = await failing.request('GET', `/v1/people/${personId}`);
      expect(reply.status).toBe(500);
      const lines = failing.logs.map((line) => JSON.parse(line) as Record<string, unknown>);
      const failure = lines.find(({ msg }) => msg === 'a request failed');
      expect(failure).toMatchObject({
        requestId: reply.headers.get('x-request-id'),
        orgId: failing.orgId,
        err: { name: 'RangeError', message: 'somewhere inside' },
      });
    } finally {
      await failing.close();
    }
  });
});
