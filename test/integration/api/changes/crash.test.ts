import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { settleLeftOf } from '../../../../api/people/changes/keep-settling-changes.ts';
import { assertSettled, onTwoTargets } from '../../../support/changes.ts';
import { crashAt } from '../../../support/crashing-writes.ts';
import {
  createTestPerson,
  NOW_MS,
  startTestApi,
  type Json,
  type TestApi,
} from '../../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await createTestPerson(api, { accountRole: 'administrator' });
});
afterAll(() => api.close());

/** Everything that a change writes through. */
const writers = () => {
  const { claims, people, audit, idempotency, setupLinks } = api.repositories;
  const accounts = ['directory', 'branch'].map((target) => ({
    object: api.directories[target]!,
    writes: ['setProfile', 'setPassword'],
  }));
  return [
    { object: people, writes: ['update'] },
    { object: claims, writes: ['take', 'release', 'quarantine'] },
    ...accounts,
    { object: audit, writes: ['append'] },
    { object: setupLinks, writes: ['voidAll'] },
    { object: idempotency, writes: ['begin', 'finish'] },
  ];
};

interface Case {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body: (unique: string) => Json | undefined;
  readonly leastPoints: number;
}

const CASES: readonly Case[] = [
  {
    ...{ what: 'a name with its address and an external id', method: 'PATCH', path: '', leastPoints: 9 },
    body: (unique) => ({ lastName: `New ${unique}`, addressFollows: true, externalId: `ext-${unique}` }),
  },
  {
    ...{ what: 'a new alias', method: 'POST', path: '/aliases', leastPoints: 7 },
    body: (unique) => ({ alias: `new.${unique}@harbour.example` }),
  },
  {
    ...{
      what: 'an alias that goes',
      method: 'DELETE',
      path: '/aliases/UNIQUE@harbour.example',
      leastPoints: 7,
    },
    body: () => undefined,
  },
  {
    ...{ what: 'a promotion', method: 'PUT', path: '/role', leastPoints: 6 },
    body: () => ({ role: 'administrator', confirm: true }),
  },
  {
    ...{ what: 'a quota', method: 'PUT', path: '/quota', leastPoints: 6 },
    body: () => ({ quotaBytes: 5_000 }),
  },
];

const ROUNDS = CASES.flatMap((one) =>
  (['before', 'after'] as const).flatMap((when) =>
    (['repeated', 'forgotten'] as const).map((then) => ({ ...one, when, then })),
  ),
);

test.each(ROUNDS)(
  '$what: a request that died right $when any write and is $then leaves no half',
  async (round) => {
    const { when, then, method, leastPoints } = round;
    let points = 0;
    for (let died = true; died; points += 1) {
      const unique = `${CASES.findIndex(({ what }) => what === round.what)}-${when}-${then}-${points}`;
      const id = await onTwoTargets(api, {
        lastName: `Old ${unique}`,
        aliases: [`${unique}@harbour.example`],
      });
      const old = await assertSettled(api, id);
      const path = `/v1/people/${id}${round.path.replace('UNIQUE', unique)}`;
      const options = { idempotencyKey: id, headers: { 'If-Match': '"0"' } };
      const send = () => api.request(method, path, round.body(unique), options);

      const crash = crashAt(points + 1, when, writers());
      const first = await send();
      died = crash.died();
      crash.restore();
      expect(first.status).toBe(died ? 500 : 200);

      if (then === 'forgotten') {
        api.clock.nowMs = NOW_MS + 10_000;
        await settleLeftOf(api.context, api.orgId);
        api.clock.nowMs = NOW_MS;
        await assertSettled(api, id);
      }
      // Also a repetition that comes late is one change.
      const again = await send();
      expect([unique, again.status]).toEqual([unique, 200]);
      const now = await assertSettled(api, id);
      expect(now['rev']).toBe(2);
      const changed = ({ rev: _rev, ...rest }: Json) => rest;
      expect(changed(now)).not.toEqual(changed(old));
      expect((await api.request('GET', `/v1/people/${id}/changes`)).body['items']).toHaveLength(1);
    }
    // The last round had no write left to die at.
    expect(points - 1).toBeGreaterThanOrEqual(leastPoints);
  },
);

test.each(['before', 'after'] as const)(
  'a password whose request died right %s any write is set by its repetition, and what nobody was told is not kept',
  async (when) => {
    let points = 0;
    for (let died = true; died; points += 1) {
      const id = await onTwoTargets(api, { lastName: `Secret ${when} ${points}` });
      const send = () =>
        api.request(
          'PUT',
          `/v1/people/${id}/password`,
          {},
          {
            ...{ idempotencyKey: id, headers: { 'If-Match': '"0"' } },
          },
        );
      const crash = crashAt(points + 1, when, writers());
      const first = await send();
      died = crash.died();
      crash.restore();
      expect(first.status).toBe(died ? 500 : 200);
      const last = died ? await send() : first;
      // A finished request is answered as it was, without its secret.
      const secret = last.body['generatedPassword'];
      expect([points, last.status]).toEqual([points, 200]);
      const { address } = await assertSettled(api, id);
      for (const target of secret === undefined ? [] : ['directory', 'branch']) {
        const signedIn = await api.request('POST', '/v1/directory/sign-in', { address, secret, target });
        expect(signedIn.body['result']).toBe('signed_in');
      }
      expect((await api.request('GET', `/v1/people/${id}/changes`)).body['items']).toHaveLength(1);
    }
    expect(points - 1).toBeGreaterThanOrEqual(7);
  },
);

test('a password that nobody asks for again is no longer waited for', async () => {
  const id = await onTwoTargets(api, { lastName: 'Forgotten' });
  const crash = crashAt(4, 'before', writers());
  const body = { password: 'lighthouse-on-the-mole' };
  expect((await api.request('PUT', `/v1/people/${id}/password`, body)).status).toBe(500);
  crash.restore();
  api.clock.nowMs = NOW_MS + 10_000;
  expect(await settleLeftOf(api.context, api.orgId)).toBe(1);
  api.clock.nowMs = NOW_MS;
  await assertSettled(api, id);
  expect((await api.request('GET', `/v1/people/${id}/changes`)).body['items']).toEqual([]);
});
