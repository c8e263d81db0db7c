import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EVERY_OPERATION } from '../../../api/every-operation.ts';
import { describeApi } from '../../../api/openapi/describe-api.ts';
import { packageVersion } from '../../../shared/platform/config/package-version.ts';
import { documentedFetch } from '../../support/documented.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const noKey = { key: '' };

test('gives the document to everybody, with the version of what runs', async () => {
  const reply = await api.request('GET', '/openapi.json', undefined, noKey);
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(reply.body).toEqual(describeApi(EVERY_OPERATION, packageVersion));
});

test('the page is made of files of this server alone', async () => {
  const page = await api.page('GET', '/docs');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const asked = [...page.text.matchAll(/(?:src|href)="([^"]*)"/gu)].map(([, address]) => String(address));
  const files = asked.filter((address) => address !== 'data:,');
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(file).toMatch(/^\/(docs\/|openapi\.json$)/u);
    expect((await api.page('GET', file)).status).toBe(200);
  }
  const css = await api.page('GET', '/docs/swagger-ui.css');
  const since = String(css.headers.get('last-modified'));
  const headers = { 'If-Modified-Since': since, 'Cache-Control': 'max-age=0' };
  expect((await documentedFetch(`${api.url}/docs/swagger-ui.css`, { headers })).status).toBe(304);
  const started = await api.page('GET', '/docs/start.js');
  expect(started.text).toContain("url: '/openapi.json'");
  expect(started.text).not.toMatch(/https?:/u);
});

test('the page runs no script that stands in it, and nothing from outside', async () => {
  const page = await api.page('GET', '/docs');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/u);
  expect(page.text).not.toMatch(/<script(?! src="\/docs\/[a-z.-]+"><)/u);
  expect(page.text).not.toMatch(/<style|style=|\son[a-z]+=/u);
});

test.each(['package.json', 'swagger-ui.css.map', '..%2fpackage.json', '%2e%2e%2fpackage.json', 'index.html'])(
  'gives no other file: %s',
  async (file) => {
    const reply = await api.request('GET', `/docs/${file}`, undefined, noKey);
    expect([reply.status, reply.body['code']]).toEqual([404, 'ROUTE_UNKNOWN']);
  },
);

test('asks to wait after too many requests', async () => {
  const slow = await startTestApi({ pageRequestsPerMinute: 1 });
  await slow.request('GET', '/openapi.json', undefined, noKey);
  const reply = await slow.request('GET', '/openapi.json', undefined, noKey);
  expect([reply.status, reply.body['code']]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  await slow.close();
});
