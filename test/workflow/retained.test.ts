import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, startDeparture, statusOf } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('keeps the data until its day, reviewed every year, and deletes nothing that nobody approved', async () => {
  const departure = await startDeparture(engine, { retainDays: 500 });
  await departure.forwardTo(130 * DAY);
  expect(await departure.record()).toMatchObject({ state: 'running', needsAttention: false });
  expect(await departure.step('archive-mailbox')).toMatchObject({ status: 'done' });
  expect(await departure.step('purge-gate')).toMatchObject({ status: 'waiting' });

  await departure.forwardTo(367 * DAY);
  await departure.until((record) => statusOf(record, 'review-retention-1') === 'done');
  const reviews = departure.mails().filter((mail) => mail.subject.includes('still kept'));
  expect(reviews).toMatchObject([{ to: ['it@example.test'] }]);

  await departure.forwardTo(540 * DAY);
  expect(await departure.accountExists()).toBe(true);
  expect(await departure.step('purge-gate')).toMatchObject({ status: 'waiting' });
  expect(departure.mails().some((mail) => mail.subject.includes('waits for an approval'))).toBe(true);

  await departure.approve();
  await departure.forwardTo(541 * DAY + HOUR);
  expect(await departure.record()).toMatchObject({ state: 'grace' });
  expect(await departure.accountExists()).toBe(true);
  await departure.forwardTo(572 * DAY);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(await departure.accountExists()).toBe(false);
});
