import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { documentedFetch } from '../../support/documented.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

/** An API that answers whatever it is told to. */
async function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer: RequestListener = (_request, response) => {
    const isProblem = typeof body === 'object' && body !== null && 'code' in body;
    const type = isProblem ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'Content-Type': type, ...headers }).end(JSON.stringify(body));
  };
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const problem = (code: string, status: number): object => ({
  ...{ type: 'urn:gangway:problem:x', title: 'No.', status, code, detail: 'No.', requestId: 'req_1' },
});
const json = { 'Content-Type': 'application/json' };

test('lets pass what is described', async () => {
  const url = await answering(200, { status: 'ok' }, { 'X-Request-Id': 'req_1' });
  const response = await documentedFetch(`${url}/healthz`);
  expect(await response.json()).toEqual({ status: 'ok' });
});

test.each([
  ['a status that is not described', '/healthz', 201, { status: 'ok' }, {}, 'this status'],
  ['a member that is not described', '/healthz', 200, { status: 'ok', load: 1 }, {}, 'load'],
  ['a member that is missing', '/readyz', 200, { status: 'ready' }, {}, 'notReady'],
  ['a value of another type', '/readyz', 200, { status: 'ready', notReady: 0 }, {}, 'must be array'],
  ['a header that is not described', '/healthz', 200, { status: 'ok' }, { 'X-Load': '1' }, 'x-load'],
  ['an answer without a header it has', '/healthz', 200, { status: 'ok' }, {}, 'x-request-id is missing'],
  ['another kind of content', '/healthz', 200, { status: 'ok' }, { 'Content-Type': 'text/plain' }, 'type of'],
  ['a code the operation does not list', '/v1/presets', 404, problem('PERSON_NOT_FOUND', 404), {}, '404'],
  ['a code of another status', '/v1/presets', 403, problem('KEY_EXPIRED', 403), {}, 'allowed values'],
  ['a code that there is not', '/v1/people/x', 404, problem('GONE_FISHING', 404), {}, 'allowed values'],
  ['an address that is not described', '/v1/yachts', 200, { items: [] }, {}, 'code'],
  ['a query that is not described', '/v1/people?size=1', 200, { items: [] }, {}, 'the query size'],
])('refuses %s', async (_what, path, status, body, headers, said) => {
  const url = await answering(status, body, headers);
  await expect(documentedFetch(url + path)).rejects.toThrow(said);
});

test.each([
  ['without its body', undefined, 'without a body'],
  ['with a member that is not described', '{"reason":"x","colour":"red"}', 'colour'],
  ['without a header it needs', '{"reason":"x"}', 'Idempotency-Key'],
])('refuses a request that was taken %s', async (_what, body, said) => {
  const result = {
    departureId: 'cas_1',
    effect: 'applied',
    sequence: 1,
    state: 'paused',
    needsAttention: false,
  };
  const url = await answering(200, result);
  const init = { method: 'PUT', headers: json, ...(body === undefined ? {} : { body }) };
  await expect(documentedFetch(`${url}/v1/departures/cas_1/legal-hold`, init)).rejects.toThrow(said);
});
