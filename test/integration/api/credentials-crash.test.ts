import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendDueWelcomes } from '../../../api/people/credentials/keep-sending-welcomes.ts';
import { crashAt } from '../../support/crashing-writes.ts';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
const MINUTE = 60_000;
const CHOSEN = 'seagulls over the pier';

beforeAll(async () => {
  api = await startTestApi({ ownDatabase: true });
});
afterAll(() => api.close());

/** Everything that giving credentials writes through, the mail server included. */
const writers = () => {
  const { people, audit, idempotency, setupLinks, welcomes } = api.repositories;
  return [
    { object: people, writes: ['insert'] },
    { object: audit, writes: ['append'] },
    { object: idempotency, writes: ['begin', 'finish'] },
    { object: setupLinks, writes: ['give'] },
    { object: welcomes, writes: ['insert', 'update'] },
    { object: api.directory, writes: ['createAccount', 'setPassword'] },
    { object: api.mailroom, writes: ['send'] },
  ];
};
const opens = async (address: unknown, secret: string) =>
  (await api.directory.trySecret(api.orgId, String(address), secret, 'web')).kind === 'accepted';
const useLink = (link: string) =>
  api.page('POST', /\/setup\/[\w-]{43}/u.exec(link)![0], { password: CHOSEN, repeated: CHOSEN });

const showsSecret = (body: Json) =>
  body['generatedPassword'] !== undefined || (body['credentials'] as Json)['setupLink'] !== undefined;

/** What the person is given in the end lets them in. */
const WAYS_IN = {
  setup_link: async (body: Json) => {
    const { setupLink } = body['credentials'] as Json;
    expect((await useLink(String(setupLink))).status).toBe(200);
    expect(await opens(body['address'], CHOSEN)).toBe(true);
  },
  manual: async (body: Json) => {
    expect(await opens(body['address'], String(body['generatedPassword']))).toBe(true);
  },
  welcome_mail: async (body: Json) => {
    api.clock.nowMs += 2 * MINUTE;
    await sendDueWelcomes(api.context, () => false);
    const welcome = await api.request('GET', `/v1/people/${String(body['id'])}/welcome`);
    expect(welcome.body['state']).toBe('sent');
    const last = api.mailroom.mails.findLast(({ to }) => to[0] === welcome.body['to'])!;
    const password = /this is your password:\n(\S+)/u.exec(last.text)![1]!;
    expect(await opens(body['address'], password)).toBe(true);
    expect((await useLink(last.text)).status).toBe(200);
    expect(await opens(body['address'], CHOSEN)).toBe(true);
  },
} as const;
/** An answer that was given and never arrived: its secret is nowhere, so somebody asks for a link. */
async function byAnotherLink({ id, address }: Json): Promise<void> {
  const { body } = await api.request('POST', `/v1/people/${String(id)}/setup-link`);
  await WAYS_IN.setup_link({ address, credentials: body });
}

/** Writes of each: where the enumeration ends below it, something is no longer counted. */
const FEWEST = { setup_link: 6, manual: 5, welcome_mail: 10 } as const;

test('a request that died when the mail had gone does not take away again what the person set', async () => {
  const body = {
    ...{ firstName: 'Ada', lastName: 'Quick', address: 'quick@harbour.example' },
    credentials: { kind: 'welcome_mail', to: 'quick@home.example', includePassword: true },
  };
  const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: 'quick' });
  const crash = crashAt(1, 'before', [{ object: api.repositories.idempotency, writes: ['finish'] }]);
  expect((await send()).status).toBe(500);
  crash.restore();
  const mails = () => api.mailroom.mails.filter(({ to }) => to[0] === 'quick@home.example');
  expect((await useLink(mails()[0]!.text)).status).toBe(200);
  api.clock.nowMs += 10_000;
  const again = await send();
  expect([again.status, again.body['welcome']]).toEqual([201, expect.objectContaining({ state: 'sent' })]);
  expect(mails()).toHaveLength(1);
  expect(await opens(body.address, CHOSEN)).toBe(true);
});

const cases = (['setup_link', 'manual', 'welcome_mail'] as const).flatMap((kind) =>
  (['before', 'after'] as const).map((when) => [kind, when] as const),
);
test.each(cases)(
  'a creation with %s that died right %s any of its writes ends with somebody who gets in',
  async (kind, when) => {
    let [points, lost] = [0, 0];
    for (let died = true; died; points += 1) {
      const name = `${kind.replace('_', '.')}.${when}.${points}`;
      const welcome = { to: `${name}@home.example`, includePassword: true };
      const body = {
        ...{ firstName: 'Ada', lastName: 'Point', address: `${name}@harbour.example` },
        credentials: kind === 'welcome_mail' ? { kind, ...welcome } : { kind },
      };
      const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: name });
      const crash = crashAt(points + 1, when, writers());
      const first = await send();
      died = crash.died();
      crash.restore();
      expect(first.status).toBe(died ? 500 : 201);
      api.clock.nowMs += 10_000;
      const answered = died ? await send() : first;
      expect(answered.status).toBe(201);
      const isLost = kind !== 'welcome_mail' && !showsSecret(answered.body);
      if (isLost) lost += 1;
      const wayIn = isLost ? byAnotherLink : WAYS_IN[kind];
      await wayIn(answered.body);
    }
    expect(points - 1).toBeGreaterThanOrEqual(FEWEST[kind]);
    // Only of the answer that was stored and not sent: no secret is stored with it.
    expect(lost).toBe(kind !== 'welcome_mail' && when === 'after' ? 1 : 0);
  },
);
