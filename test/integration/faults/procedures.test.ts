import { afterAll, beforeAll, test } from '@jest/globals';
import { asking, assertRepaired, type WritingCommand } from '../../support/fault-points.ts';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const template = (name: string, method: string, path: string, body?: Json): WritingCommand<undefined> => ({
  name: `template ${name}`,
  async prepare(own) {
    await own.request('PUT', '/v1/templates/sales', { groups: ['crm'], lists: ['orders'] });
    return undefined;
  },
  send: asking(() => [method, `/v1/templates/${path}`, body]),
  // Sent again it is told as one that is there, not as one that was made.
  mayDiffer: { members: ['status', 'headers'] },
});

test.each([
  template('made', 'PUT', 'support', { groups: ['helpdesk'], lists: [] }),
  template('changed', 'PUT', 'sales', { groups: ['crm', 'offers'], lists: [] }),
  template('deleted', 'DELETE', 'sales'),
])('$name: dead after any of its writes and sent again, it leaves no half', (command) =>
  assertRepaired(api, command),
);

test('a procedure: dead after any of its writes and sent again, it is one version', () =>
  assertRepaired<Json>(api, {
    name: 'procedure made',
    prepare: async (own) => (await own.request('GET', '/v1/procedures/departure@2')).body['template'] as Json,
    send: asking((old) => [
      'POST',
      '/v1/procedures',
      { basedOn: 'departure@2', reason: 'quicker', template: { ...old, graceDays: 20 } },
    ]),
  }));
