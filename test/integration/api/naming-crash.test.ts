import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addressClaimId } from '../../../shared/domain/ids.ts';
import { crashAt } from '../../support/crashing-writes.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** Everything that creating a person writes through. */
const writers = () => {
  const { claims, people, audit, idempotency } = api.repositories;
  return [
    { object: claims, writes: ['take', 'release'] },
    { object: people, writes: ['insert'] },
    { object: audit, writes: ['append'] },
    { object: idempotency, writes: ['begin', 'finish', 'abandon'] },
    { object: api.directory, writes: ['createAccount', 'setPassword'] },
  ];
};

const claimsOf = async (personId: string) =>
  (
    await api.repositories.database.connection
      .collection('claims')
      .find({ orgId: api.orgId, holderId: personId })
      .toArray()
  ).map(({ _id }) => String(_id));

test.each(['before', 'after'] as const)(
  'a request that died right %s any of its writes is finished by its repetition, with one address',
  async (when) => {
    let points = 0;
    for (let died = true; died; points += 1) {
      const lastName = `Point ${when} ${points}`;
      const name = `point-${when}-${points}`;
      const plain = `ada.${name}@harbour.example`;
      // Somebody has the plain address while the first attempt runs, and lets it go before the second.
      const plainClaim = addressClaimId(api.orgId, plain);
      await api.repositories.claims.take(plainClaim, api.orgId, 'per_other', api.clock.nowMs);
      const body = { firstName: 'Ada', lastName, aliases: [`${name}@harbour.example`], externalId: name };
      const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: name });

      const crash = crashAt(points + 1, when, writers());
      const first = await send();
      died = crash.died();
      crash.restore();
      expect(first.status).toBe(died ? 500 : 201);
      await api.repositories.claims.release(plainClaim, api.orgId, 'per_other');
      api.clock.nowMs += 10_000;

      const again = await send();
      expect(again.status).toBe(201);
      const { id, address, aliases } = again.body as { id: string; address: string; aliases: string[] };
      const account = await api.directory.findByAddress(api.orgId, address);
      expect(account?.id).toBe(id.replace('per_', 'acc_'));
      expect((await api.repositories.people.get(api.orgId, id))?.address).toBe(address);
      expect((await claimsOf(id)).sort()).toEqual(
        [
          ...[address, ...aliases].map((one) => addressClaimId(api.orgId, one)),
          `ext:${api.orgId}:${name}`,
        ].sort(),
      );
      const found = await api.request('GET', `/v1/people?search=${encodeURIComponent(lastName)}`);
      expect(found.body['items']).toHaveLength(1);
    }
    // The last round had no write left to die at.
    expect(points - 1).toBeGreaterThanOrEqual(8);
  },
);

test('a refusal gives back what an earlier attempt had claimed', async () => {
  const alias = 'wanted@harbour.example';
  const body = { firstName: 'Eve', lastName: 'Late', aliases: [alias], externalId: 'late' };
  const send = () => api.request('POST', '/v1/people', body, { idempotencyKey: 'late' });
  // It dies with the alias claimed, and the external id not yet.
  const crash = crashAt(3, 'before', writers());
  expect((await send()).status).toBe(500);
  crash.restore();
  const [earlier] = await api.repositories.database.connection
    .collection('claims')
    .find({ orgId: api.orgId, _id: addressClaimId(api.orgId, alias) as never })
    .toArray();
  expect(earlier).toBeDefined();
  const other = await api.request('POST', '/v1/people', {
    ...{ firstName: 'Ann', lastName: 'Early', externalId: 'late' },
  });
  expect(other.status).toBe(201);
  api.clock.nowMs += 10_000;
  expect((await send()).body['code']).toBe('EXTERNAL_ID_TAKEN');
  expect(await claimsOf(String(earlier?.['holderId']))).toEqual([]);
});
