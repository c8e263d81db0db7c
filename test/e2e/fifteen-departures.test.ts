import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { caller, departure, hire, insist, nextWaits, once, type Employee } from '../support/http-company.ts';
import { dayZeroStatuses } from '../support/mass-departure.ts';
import { createPackagedMachine, type PackagedMachine } from '../support/packaged-start.ts';

let machine: PackagedMachine;
beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

const DAY_ZERO = ['disable-account', 'rotate-password', 'revoke-sessions', 'prove-day-0'];

test('of fifteen departures on one day a second person releases those beyond the limit', async () => {
  const start = await machine.start();
  const call = caller(machine.baseUrl, await start.firstKey());
  const hireNumber = (n: number): Promise<Employee> =>
    hire(call, { firstName: 'Lea', lastName: `Kern ${n}`, address: `lea.kern${n}@example.com` });
  const people: Employee[] = [];
  for (let n = 1; n <= 15; n += 1) people.push(await hireNumber(n));
  const answers = await Promise.all(
    people.map(({ id: personId }) =>
      insist(call, 'POST', '/v1/departures', { personId, urgent: true, reason: 'closing down' }),
    ),
  );
  const states = answers.map(({ body }) => String(body['state']));
  // 20 % of fifteen people.
  expect(states.filter((state) => state === 'guard_held')).toHaveLength(12);
  const ids = answers.map(({ body }) => String(body['id']));
  const held = ids.filter((_id, index) => states[index] === 'guard_held');
  for (const id of held) {
    const { steps } = await departure(call, id);
    expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(['waiting']));
  }

  const release = (by: typeof call, id: string) =>
    by('POST', `/v1/departures/${id}/release`, { reason: 'as announced' }, once());
  expect((await release(call, held[0]!)).body['code']).toBe('RELEASER_IS_REQUESTER');
  const key = { ownerName: 'A second person', scopes: ['approvals:write', 'departures:*'] };
  const second = caller(machine.baseUrl, String((await call('POST', '/v1/api-keys', key)).body['key']));
  for (const id of held) expect((await release(second, id)).status).toBe(200);
  const views = await nextWaits(call, ids, 120_000);
  for (const view of views)
    expect(dayZeroStatuses(view)).toMatchObject(Object.fromEntries(DAY_ZERO.map((one) => [one, 'done'])));
}, 240_000);
