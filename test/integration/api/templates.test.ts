import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const SALES = { groups: ['sales', 'crm', 'crm'], lists: ['sales@example.com'], quotaBytes: 1_000_000 };
const put = (name: string, body: object, ifMatch?: string) =>
  api.request(
    'PUT',
    `/v1/templates/${name}`,
    body,
    ifMatch === undefined ? {} : { headers: { 'If-Match': ifMatch } },
  );

test('a template is made, shown, replaced as a whole, and deleted', async () => {
  const made = await put('sales', SALES);
  expect(made).toMatchObject({ status: 201, body: { name: 'sales', rev: 0, groups: ['sales', 'crm'] } });
  expect(made.headers.get('location')).toBe('/v1/templates/sales');
  expect((await put('sales', SALES)).body).toEqual(made.body);

  const replaced = await put('sales', { groups: ['sales'], aliasConventions: ['f.last'] });
  expect(replaced.status).toBe(200);
  expect(replaced.body).toEqual({
    ...{ name: 'sales', rev: 1, groups: ['sales'], lists: [], aliasConventions: ['f.last'] },
  });
  expect((await api.request('GET', '/v1/templates/sales')).body).toEqual(replaced.body);

  expect((await api.request('DELETE', '/v1/templates/sales')).status).toBe(204);
  expect(await api.request('GET', '/v1/templates/sales')).toMatchObject({
    status: 404,
    body: { code: 'TEMPLATE_NOT_FOUND' },
  });
});

test('of many who name the same revision one wins, and who names one of nothing makes nothing', async () => {
  expect(await put('fresh', SALES, '"0"')).toMatchObject({ status: 412 });
  await put('raced', SALES);
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, index) => put('raced', { groups: [`g${index}`] }, '"0"')),
  );
  expect(replies.map(({ status }) => status).toSorted()).toEqual([
    200,
    ...Array.from({ length: 11 }, () => 412),
  ]);
  expect((await api.request('GET', '/v1/templates/raced')).body).toMatchObject({ rev: 1 });
});

test('templates are listed by name, a page at a time', async () => {
  for (const name of ['b', 'a', 'c']) await put(`page-${name}`, {});
  const first = await api.request('GET', '/v1/templates?limit=2');
  const names = (body: Readonly<Record<string, unknown>>) =>
    (body['items'] as readonly { readonly name: string }[]).map(({ name }) => name);
  expect(names(first.body)).toEqual(['page-a', 'page-b']);
  const second = await api.request('GET', `/v1/templates?limit=2&after=${String(first.body['next'])}`);
  expect(names(second.body)[0]).toBe('page-c');
});

test.each([
  ['a name with a capital', 'Sales', {}, 'TEMPLATE_NAME_INVALID'],
  ['a name that is too long', 'a'.repeat(41), {}, 'TEMPLATE_NAME_INVALID'],
  ['an unknown convention', 'x', { aliasConventions: ['last'] }, 'INVALID_REQUEST'],
  ['a quota of nothing', 'x', { quotaBytes: 0 }, 'INVALID_REQUEST'],
  ['a group with a line break', 'x', { groups: ['a\nb'] }, 'INVALID_REQUEST'],
  ['an unknown field', 'x', { rights: [] }, 'UNKNOWN_FIELD'],
])('%s is refused', async (_what, name, body, code) => {
  const { status, body: problem } = await put(name, body);
  expect([status >= 400 && status < 500, problem['code']]).toEqual([true, code]);
});
