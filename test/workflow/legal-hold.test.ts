import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function inGrace(): Promise<TestDeparture> {
  const departure = await startDeparture(engine);
  await departure.approve();
  await departure.forwardTo(100 * DAY);
  expect((await departure.record()).state).toBe('grace');
  return departure;
}

test('closes the gate again when a hold is placed in grace, and begins the grace anew when it is lifted', async () => {
  const departure = await inGrace();
  await departure.setHold(true);
  expect(await departure.step('purge-gate')).toMatchObject({ status: 'waiting', round: 2 });
  await departure.forwardTo(200 * DAY);
  expect(await departure.accountExists()).toBe(true);
  expect((await departure.record()).state).toBe('running');

  await departure.setHold(false);
  const { settledAtMs } = await departure
    .until((record) => record.state === 'grace')
    .then(() => departure.step('purge-gate'));
  expect(settledAtMs! - departure.leaveAtMs).toBeGreaterThanOrEqual(200 * DAY);
  await departure.forwardTo(229 * DAY);
  expect(await departure.accountExists()).toBe(true);
  await departure.forwardTo(230 * DAY + HOUR);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(departure.mails().filter((mail) => mail.subject.includes('will be deleted in 1 day'))).toHaveLength(
    1,
  );
});

test('finds a hold that only the database knows at the delete call itself', async () => {
  const departure = await inGrace();
  await departure.writeHold(true);
  await departure.forwardTo(125 * DAY);
  expect(await departure.accountExists()).toBe(true);
  const record = await departure.record();
  expect(record).toMatchObject({ state: 'running', needsAttention: false });
  expect(record.pointOfNoReturnAtMs).toBeUndefined();
  expect(await departure.step('purge-gate')).toMatchObject({ status: 'waiting', round: 2 });
  expect(await departure.effects()).not.toContain('deleteAccount');

  await departure.forwardTo(200 * DAY);
  expect(await departure.accountExists()).toBe(true);
  await departure.setHold(false);
  await departure.until((now) => now.state === 'grace');
  await departure.forwardBy(30 * DAY + 10 * MINUTE);
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('completed');
});

test('asks nobody and opens nothing while a hold is on at the gate', async () => {
  const departure = await startDeparture(engine);
  await departure.setHold(true);
  await departure.forwardTo(120 * DAY);
  expect(await departure.stepStatuses()).toMatchObject({
    'archive-mailbox': 'done',
    'purge-gate': 'waiting',
  });
  expect(departure.mails().filter((mail) => mail.subject.includes('waits for an approval'))).toEqual([]);

  await departure.setHold(false);
  await departure.approve();
  await departure.until((record) => record.state === 'grace');
});

test('takes over a hold that only the database knows when it comes to the gate', async () => {
  const departure = await startDeparture(engine);
  await departure.approve();
  await departure.writeHold(true);
  await departure.forwardTo(150 * DAY);
  expect(await departure.record()).toMatchObject({ state: 'running', needsAttention: false });
  expect(await departure.step('purge-gate')).toMatchObject({ status: 'waiting' });
  await departure.setHold(false);
  await departure.until((record) => record.state === 'grace');
});
