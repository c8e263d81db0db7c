import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  HOUR,
  MINUTE,
  PASSWORD,
  startDeparture,
  statusOf,
  type TestDeparture,
} from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';
import { addDays } from '../support/local-days.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function settledAt(departure: TestDeparture, key: string): Promise<number> {
  return (await departure.step(key)).settledAtMs!;
}

test('locks an urgent leaver out at once, and tells the manager only after the lock was proven', async () => {
  const departure = await startDeparture(engine, { plan: { urgent: true } });
  await departure.until((record) => statusOf(record, 'notify-manager') === 'done');

  expect((await engine.directory.signIn(departure.orgId, departure.person.address, PASSWORD)).kind).toBe(
    'refused',
  );
  const proven = await settledAt(departure, 'prove-day-0');
  expect(proven - departure.leaveAtMs).toBeLessThan(MINUTE);
  expect(await settledAt(departure, 'notify-manager')).toBeGreaterThanOrEqual(proven);
  expect(departure.mails().map((mail) => mail.to)).toEqual([[departure.manager.address]]);
});

test('tells nobody of an urgent departure while the lock is not proven', async () => {
  const departure = await startDeparture(engine, {
    plan: { urgent: true },
    beforeStart: (orgId) => makeFaulty(engine, orgId).fail('disable', 1_000),
  });
  await departure.until((record) => statusOf(record, 'prove-day-0') === 'retrying');
  await departure.forwardBy(10 * MINUTE);
  expect(departure.mails()).toEqual([]);
  expect((await departure.step('notify-manager')).status).toBe('waiting');

  heal(engine, departure.orgId);
  await departure.forwardBy(30 * MINUTE);
  expect((await departure.step('notify-manager')).status).toBe('done');
});

test('treats a last day that is past as urgent, and counts the later days from the lock', async () => {
  const lastDay = addDays(Date.now(), -30);
  const departure = await startDeparture(engine, { plan: { lastDay } });
  expect(departure.plan({ lastDay }).warnings).toContain('LAST_DAY_PAST');
  await departure.until((record) => statusOf(record, 'prove-day-0') === 'done');
  expect(statusOf(await departure.record(), 'prove-day-1')).toBe('waiting');

  await departure.forwardTo(25 * HOUR);
  const proven = await settledAt(departure, 'prove-day-1');
  expect(proven - departure.leaveAtMs).toBeGreaterThanOrEqual(23 * HOUR);
  expect((await departure.step('prove-day-7')).status).toBe('waiting');
});
