import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestPerson, NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const call = { effectKey: 'test', asOfMs: NOW_MS };

test('tells the same of an auto-reply, whether the mail was stored or a redirect took it', async () => {
  const address = 'away@harbour.example';
  const accountId = (await createTestPerson(api, { address })).replace('per_', 'acc_');
  const away = { subject: 'Away', text: 'Write to Grace.', fromMs: NOW_MS, untilMs: NOW_MS + 1_000 };
  await api.directory.setAutoReply(api.orgId, accountId, away, call);
  const deliver = async (from: string) =>
    (await api.request('POST', '/v1/directory/deliver', { from, to: address, subject: 'Hello', text: 'Hi' }))
      .body;
  const told = (to: string) => ({
    ...{ to, subject: away.subject, text: away.text, at: new Date(NOW_MS).toISOString() },
  });

  const stored = await deliver('ann@out.example');
  expect(stored).toMatchObject({ result: 'stored', accountId, forwards: [] });
  expect(stored['autoReply']).toEqual(told('ann@out.example'));
  await api.directory.setRedirect(api.orgId, accountId, { to: 'grace@out.example', keepCopy: false });
  const forwarded = await deliver('bob@out.example');
  expect(forwarded).toMatchObject({ result: 'forwarded', accountId, forwards: [{ result: 'sent' }] });
  expect(forwarded['autoReply']).toEqual(told('bob@out.example'));
});
