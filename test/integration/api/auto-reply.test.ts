import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let manager: string;

beforeAll(async () => {
  api = await startTestApi({ organisation: { country: 'FR', locale: 'en' } });
  manager = await createTestPerson(api, {
    firstName: 'Grace',
    lastName: 'Hopper',
    address: 'grace@harbour.example',
  });
});
afterAll(() => api.close());

async function simulate(autoReply: Json, fields: Json = {}): Promise<Json> {
  const personId = await createTestPerson(api, { managerId: manager, ...fields });
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on', autoReply };
  return (await api.request('POST', '/v1/departures/simulation', body)).body;
}
const replyOf = (body: Json) => (body['request'] as Json)['autoReply'] as Json;

test('resolves the variables of the texts, and keeps what they were made from', async () => {
  const body = await simulate({
    subject: '{{leaver}} left on {{lastDay}}',
    text: 'Write to {{contact}} at {{contactAddress}}.',
  });
  expect(replyOf(body)).toMatchObject({
    subject: 'Ada Lovelace left on 2027-03-31',
    text: 'Write to Grace Hopper at grace@harbour.example.',
    template: { text: 'Write to {{contact}} at {{contactAddress}}.' },
  });
});

test('gives all languages in one reply: the own one first, then that of the organisation', async () => {
  const texts = {
    de: { subject: 'Weg', text: 'An {{contact}}' },
    en: { subject: 'Gone', text: 'To {{contact}}' },
    fr: { subject: 'Parti', text: 'A {{contact}}' },
  };
  const body = await simulate({ texts }, { locale: 'fr-CH' });
  expect(replyOf(body)).toMatchObject({
    subject: 'Parti / Gone / Weg',
    text: 'A Grace Hopper\n\n-- \n\nTo Grace Hopper\n\n-- \n\nAn Grace Hopper',
  });
});

test('has another text for senders of the organisation', async () => {
  const body = await simulate({ internal: { text: 'Ask {{contact}} in room 7.' } });
  expect(replyOf(body)).toMatchObject({
    text: expect.stringContaining('no longer works here'),
    internal: {
      subject: 'Ada Lovelace no longer works here',
      text: 'Ask Grace Hopper in room 7.',
    },
  });
});

test('names the new last day when the departure is moved', async () => {
  const personId = await createTestPerson(api, { managerId: manager });
  const autoReply = { text: '{{leaver}} left on {{lastDay}}.' };
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on', autoReply };
  const created = await api.request('POST', '/v1/departures', body);
  const path = `/v1/departures/${String(created.body['id'])}`;
  const moved = { lastDay: '2027-04-30' };
  expect((await api.request('POST', `${path}/reschedule`, moved, { idempotencyKey: 'm' })).status).toBe(200);
  expect(replyOf((await api.request('GET', path)).body)['text']).toBe('Ada Lovelace left on 2027-04-30.');
});

test.each<{ what: string; autoReply: Json; code: string; field: string }>([
  {
    what: 'an unknown variable',
    autoReply: { text: 'Dear {{sender}}' },
    code: 'AUTO_REPLY_VARIABLE_UNKNOWN',
    field: '/autoReply/text',
  },
  {
    what: 'an unknown variable in another language',
    autoReply: { texts: { fr: { subject: '{{qui}}', text: 'x' } } },
    code: 'AUTO_REPLY_VARIABLE_UNKNOWN',
    field: '/autoReply/texts/fr/subject',
  },
  {
    what: 'an unknown variable inside',
    autoReply: { internal: { text: '{{room}}' } },
    code: 'AUTO_REPLY_VARIABLE_UNKNOWN',
    field: '/autoReply/internal/text',
  },
  {
    what: 'the own language twice',
    autoReply: { text: 'x', texts: { en: { subject: 's', text: 't' } } },
    code: 'AUTO_REPLY_CONTRADICTION',
    field: '/autoReply/texts/en',
  },
  {
    what: 'texts of a reply that is off',
    autoReply: { enabled: false, texts: { en: { subject: 's', text: 't' } } },
    code: 'AUTO_REPLY_CONTRADICTION',
    field: '/autoReply/enabled',
  },
])('refuses $what', async ({ autoReply, code, field }) => {
  expect(await simulate(autoReply)).toMatchObject({ status: 422, code, field });
});
