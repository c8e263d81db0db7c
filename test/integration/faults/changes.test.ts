import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { settleLeftOf } from '../../../api/people/changes/keep-settling-changes.ts';
import { addAdministrator, assertSettled, onTwoTargets } from '../../support/changes.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { asking, assertRepaired, type WritingCommand } from '../../support/fault-points.ts';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const settle = (own: TestApi) => settleLeftOf(own.context, own.orgId);
const changesOf = async (own: TestApi, id: string) =>
  (await own.request('GET', `/v1/people/${id}/changes`)).body['items'] as readonly Json[];

const change = (name: string, method: string, path: string, body?: Json): WritingCommand<string> => ({
  name: `change, ${name}`,
  async prepare(own) {
    await addAdministrator(own);
    return onTwoTargets(own, { aliases: ['old@harbour.example'] });
  },
  send: asking((id) => [method, `/v1/people/${id}${path}`, body]),
  background: settle,
  mayDiffer: { members: ['naming'] },
  async check(own, id) {
    await assertSettled(own, id);
    expect(await changesOf(own, id)).toHaveLength(1);
  },
});

test.each([
  change('names and address', 'PATCH', '', { lastName: 'New', addressFollows: true, externalId: 'new' }),
  change('alias added', 'POST', '/aliases', { alias: 'new@harbour.example' }),
  change('alias removed', 'DELETE', '/aliases/old@harbour.example'),
  change('role', 'PUT', '/role', { role: 'administrator', confirm: true }),
  change('quota', 'PUT', '/quota', { quotaBytes: 5_000 }),
])('$name: dead after any of its writes, sent again or forgotten, it leaves no half', (command) =>
  assertRepaired(api, { ...command, endsAlone: true }),
);

test('a password: dead after any of its writes and sent again, it is the one that was told', async () => {
  const password = change('password', 'PUT', '/password', {});
  await assertRepaired(api, {
    ...password,
    // Another one each time. Only of the answer that was finished and lost it is not told again.
    mayDiffer: { members: ['generatedPassword', 'seq'], documents: /"setPassword"/u },
    async check(own, id, reply) {
      await password.check?.(own, id, reply);
      const secret = reply.body['generatedPassword'];
      if (secret === undefined) return;
      for (const target of ['directory', 'branch']) {
        const signIn = { address: 'ada.byron@harbour.example', secret, target };
        const { body } = await own.request('POST', '/v1/directory/sign-in', signIn);
        expect(body['result']).toBe('signed_in');
      }
    },
  });
});

test('a password that nobody asks for again is no longer waited for', async () => {
  const id = await onTwoTargets(api, { lastName: 'Forgotten' });
  const process = dyingProcess(
    api.repositories.database.connection,
    (written) => written.at(-1) === 'dir_effects.insertOne',
  );
  const body = { password: 'lighthouse-on-the-mole' };
  expect((await api.request('PUT', `/v1/people/${id}/password`, body)).status).toBe(500);
  process.restart();
  api.clock.nowMs += 10_000;
  expect(await settle(api)).toBe(1);
  await assertSettled(api, id);
  expect(await changesOf(api, id)).toEqual([]);
});
