import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';
import { startLeave, without, type TestLeave } from '../support/leave.ts';
import { leaveDeceits, type LeaveDeceit } from '../support/leave-deceits.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { testSideBySide } from '../support/side-by-side.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const DECEITS = leaveDeceits(() => engine);
const lied = ({ stepKey, of }: LeaveDeceit) =>
  `does not believe a lie about ${stepKey} of ${of}, and goes on once it is over`;

async function begin({ of, atEnd, undone }: LeaveDeceit, begins: (leave: TestLeave) => void) {
  const late = atEnd === true || undone === true;
  const plan = of === 'suspicious' ? { reason: of } : without('returnDay');
  const leave = await startLeave(engine, {
    policy: FEW_TRIES,
    plan,
    beforeStart: ({ orgId }) => {
      if (!late) begins({ orgId } as TestLeave);
    },
  });
  await leave.forwardTo(HOUR);
  if (!late) return leave;
  begins(leave);
  if (undone === true) await leave.undo();
  else {
    if (of === 'suspicious') await leave.investigate();
    await leave.end();
  }
  return leave;
}

testSideBySide(DECEITS, lied, async (deceit) => {
  const { stepKey, errorCode } = deceit;
  const leave = await begin(deceit, deceit.begin);
  await leave.forwardBy(3 * DAY);
  expect(await leave.step(stepKey)).toMatchObject({ status: 'failed', errorCode });
  expect(await leave.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect((await leave.record()).closedAtMs).toBeUndefined();

  heal(engine, leave.orgId);
  for (const [key, status] of Object.entries(await leave.stepStatuses()))
    if (status === 'failed') await leave.command('retryStep', { stepKey: key, actorId: 'own_it' });
  await leave.forwardBy(HOUR);
  expect((await leave.step(stepKey)).status).toBe('done');
  expect(await leave.record()).toMatchObject({ needsAttention: false });
});

const OUTAGES = [
  ...(['disable', 'revokeSessions', 'probeControl', 'probeDelivery', 'setAutoReply'] as const),
  ...(['enable', 'endAutoReply'] as const),
];

const parked = (method: string) =>
  `parks a target that does not answer to ${method}, and goes on after a retry`;

testSideBySide(OUTAGES, parked, async (method) => {
  const isLate = method === 'enable' || method === 'endAutoReply';
  const outage = { of: 'leave', ...(isLate ? { atEnd: true } : {}) } as LeaveDeceit;
  const leave = await begin(outage, ({ orgId }) => makeFaulty(engine, orgId).fail(method, 100_000));
  await leave.forwardBy(3 * DAY);
  const red = Object.entries(await leave.stepStatuses()).filter(([, status]) => status === 'failed');
  expect(red.length).toBeGreaterThan(0);
  expect(await leave.record()).toMatchObject({ state: 'needs_attention' });
  heal(engine, leave.orgId);
  for (const [stepKey] of red) await leave.command('retryStep', { stepKey, actorId: 'own_it' });
  await leave.forwardBy(HOUR);
  if (!isLate) await leave.end();
  const record = await leave.until(({ closedAtMs }) => closedAtMs !== undefined);
  expect(record.state).toBe('completed');
  expect(await leave.account()).toMatchObject({ status: 'active' });
});

test('a lock that comes late never locks somebody out who is back', async () => {
  const leave = await startLeave(engine, {
    policy: FEW_TRIES,
    beforeStart: ({ orgId }) => makeFaulty(engine, orgId).fail('disable', 100_000),
  });
  await leave.forwardTo(leave.returnAtMs! - leave.leaveAtMs + HOUR);
  expect((await leave.step('enable-account')).status).toBe('waiting');
  expect(await leave.record()).toMatchObject({ state: 'needs_attention' });
  heal(engine, leave.orgId);
  await leave.command('retryStep', { stepKey: 'disable-account', actorId: 'own_it' });
  await leave.forwardBy(HOUR);
  expect((await leave.step('enable-account')).status).toBe('done');
  expect(await leave.account()).toMatchObject({ status: 'active' });
  expect(await leave.status()).toBe('active');
});
