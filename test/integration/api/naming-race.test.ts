import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApi, type Json, type Reply, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const LIMIT_MS = 400_000;
const THOUSAND = 1_000;
/** Each of them gets an account, with a password that is hashed. */
const TWO_HUNDRED = 200;

/** Other letters, the same address: those of one spelling stand in line, so only the claim decides between these. */
function spelled(index: number): Json {
  const letter = (letters: string, place: number) => letters.charAt(Math.floor(index / 10 ** place) % 10);
  const [first, second] = [0, 1].map((place) => letter('aAàáâãÀÁÂÃ', place));
  return { firstName: `${first}d${second}`, lastName: `Lov${letter('eEèéêëÈÉÊË', 2)}lace` };
}

/** A busy machine may cut a connection that waits for too long: then the same request is sent again, as any caller does. */
async function send(body: Json, idempotencyKey: string, tries = 3): Promise<Reply> {
  try {
    return await api.request('POST', '/v1/people', body, { idempotencyKey });
  } catch (error) {
    if (tries === 1 || !(error instanceof TypeError)) throw error;
    return send(body, idempotencyKey, tries - 1);
  }
}

const race = (many: number, bodyOf: (index: number) => Json) =>
  Promise.all(
    Array.from({ length: many }, (_, index) => send(bodyOf(index), `race-${String(many)}-${String(index)}`)),
  );
const claims = () =>
  api.repositories.database.connection.collection('claims').find({ orgId: api.orgId }).toArray();

test(
  'of a thousand who want one name or none exactly one gets it, and the others keep nothing',
  async () => {
    const replies = await race(THOUSAND, (index) => ({ ...spelled(index), onTaken: 'refuse' }));
    const winners = replies.filter(({ status }) => status === 201);
    expect(winners.map(({ body }) => body['address'])).toEqual(['ada.lovelace@harbour.example']);
    const codes = replies.filter(({ status }) => status !== 201).map(({ body }) => body['code']);
    expect(codes).toEqual(Array.from({ length: 999 }, () => 'ADDRESS_TAKEN'));
    expect((await claims()).map(({ holderId }) => String(holderId))).toEqual([winners[0]?.body['id']]);
  },
  LIMIT_MS,
);

test(
  'of two hundred who take the next one as well exactly one gets the plain address, and each one of their own',
  async () => {
    const replies = await race(TWO_HUNDRED, (index) => ({
      ...{ firstName: index % 2 === 0 ? 'Grace' : 'Grâce', lastName: 'Hopper' },
    }));
    const addresses = replies.map(({ body }) => String(body['address']));
    expect(addresses.filter((address) => address === 'grace.hopper@harbour.example')).toHaveLength(1);
    const numbers = Array.from({ length: TWO_HUNDRED - 1 }, (_, index) => String(index + 2));
    const expected = ['', ...numbers].map((number) => `grace.hopper${number}@harbour.example`);
    expect([...addresses].sort()).toEqual(expected.sort());
    for (const { body } of replies) {
      const account = await api.directory.findByAddress(api.orgId, String(body['address']));
      expect(account?.id).toBe(String(body['id']).replace('per_', 'acc_'));
    }
  },
  LIMIT_MS,
);
