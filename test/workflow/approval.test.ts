import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  DAY,
  HOUR,
  MINUTE,
  rejectionOf,
  REQUESTER,
  startDeparture,
  type TestDeparture,
} from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const askedFor = (departure: TestDeparture) =>
  departure.mails().filter((mail) => mail.subject.includes('waits for an approval'));

test('deletes nothing while nobody approves, and asks every day, louder after three', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(90 * DAY + HOUR);
  expect(askedFor(departure)).toHaveLength(1);
  await departure.forwardTo(92 * DAY + 2 * HOUR);
  expect(askedFor(departure)).toHaveLength(3);
  expect(askedFor(departure).some((mail) => mail.subject.includes('nobody answered'))).toBe(false);
  await departure.forwardTo(93 * DAY + 2 * HOUR);
  expect(askedFor(departure)).toHaveLength(4);
  expect(askedFor(departure)[3]).toMatchObject({ to: ['it@example.test'] });
  expect(askedFor(departure)[3]?.subject).toContain('nobody answered');

  await departure.forwardTo(120 * DAY);
  expect(await departure.record()).toMatchObject({ state: 'running' });
  expect(await departure.step('purge-gate')).toMatchObject({ status: 'waiting' });
  expect(await departure.accountExists()).toBe(true);
  expect(await departure.effects()).not.toContain('deleteAccount');
});

test('does not take the approval of whoever asked for the departure', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(91 * DAY);
  expect(await rejectionOf(departure.approve(REQUESTER))).toBe('APPROVER_IS_REQUESTER');
  await departure.forwardTo(100 * DAY);
  expect(await departure.accountExists()).toBe(true);
});

test('does not open the gate when the database holds no approval, whatever the case was told', async () => {
  const departure = await startDeparture(engine);
  await departure.command('approveStep', { actorId: 'own_other', stepKey: 'purge-gate' });
  await departure.forwardTo(91 * DAY);
  expect(await departure.step('purge-gate')).toMatchObject({
    status: 'failed',
    errorCode: 'APPROVAL_MISSING',
  });
  expect(await departure.record()).toMatchObject({ state: 'needs_attention' });
});

test('begins the grace with a late approval, not with day 90', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(105 * DAY);
  const approvedAtMs = await departure.clock();
  await departure.approve();
  const gate = (await departure.until((record) => record.state === 'grace')).steps.find(
    (step) => step.key === 'purge-gate',
  );
  expect(gate?.settledAtMs).toBeGreaterThanOrEqual(approvedAtMs);
  expect((await departure.step('delete-account')).dueAtMs).toBe(gate!.settledAtMs! + 30 * DAY);

  await departure.forwardTo(134 * DAY);
  expect(await departure.accountExists()).toBe(true);
  expect(askedFor(departure).length).toBeGreaterThan(0);
  const asked = askedFor(departure).length;
  await departure.forwardTo(135 * DAY + 10 * MINUTE);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(askedFor(departure)).toHaveLength(asked);
  expect(departure.mails().filter((mail) => mail.subject.includes('will be deleted in'))).toHaveLength(3);
});
