import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import type { PersonChanges } from '../../shared/platform/persistence/person-repository.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function change({ orgId, person }: TestDeparture, changes: PersonChanges): Promise<void> {
  const { people } = engine.repositories;
  const { rev } = (await people.get(orgId, person.id))!;
  expect(await people.update(orgId, person.id, rev, changes)).toBeDefined();
}

async function inGrace(): Promise<TestDeparture> {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(119 * DAY);
  expect((await departure.record()).state).toBe('grace');
  return departure;
}

test('does not go on with somebody who was hired again in the meantime', async () => {
  const departure = await inGrace();
  await change(departure, { generation: 2 });
  await departure.forwardTo(123 * DAY);
  expect(await departure.step('prove-before-delete')).toMatchObject({
    status: 'failed',
    errorCode: 'CASE_OUTDATED',
  });
  expect((await departure.record()).state).toBe('needs_attention');
  expect(await departure.accountExists()).toBe(true);
});

test('looks once more right before the delete call whether it is still the same person', async () => {
  const departure = await inGrace();
  let asked = 0;
  // The last thing the deletion asks the target before it calls.
  engine.interceptTarget(departure.orgId, (real) => ({
    ...real,
    async listFiles(ref) {
      asked += 1;
      if (asked === 1) await change(departure, { generation: 2 });
      return real.listFiles(ref);
    },
  }));
  await departure.forwardTo(123 * DAY);
  const red = await departure.until((record) => statusOf(record, 'delete-account') === 'failed');
  expect(await departure.step('delete-account')).toMatchObject({ errorCode: 'CASE_OUTDATED' });
  expect(red.pointOfNoReturnAtMs).toBeUndefined();
  expect(await departure.accountExists()).toBe(true);
});

test('touches nothing of somebody who was protected after the departure was asked for', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  const { orgId, accountId } = departure;
  const before = await engine.directory.getAccount(orgId, accountId);
  await change(departure, { protected: true });
  await departure.forwardTo(2 * HOUR);
  expect(await departure.effects()).toEqual([]);
  expect(await engine.directory.getAccount(orgId, accountId)).toEqual(before);
  expect(await departure.step('disable-account')).toMatchObject({
    status: 'failed',
    errorCode: 'PERSON_PROTECTED',
  });
  expect((await departure.record()).state).toBe('needs_attention');
});
