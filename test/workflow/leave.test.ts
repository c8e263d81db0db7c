import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, PASSWORD } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startLeave, without, type TestLeave } from '../support/leave.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const signIn = ({ orgId, person }: TestLeave) => engine.directory.signIn(orgId, person.address, PASSWORD);
const write = ({ orgId, person }: TestLeave, subject: string) =>
  engine.directory.deliver(orgId, {
    to: person.address,
    from: 'sender@outside.test',
    subject,
    text: 'Hello',
  });

async function closed(leave: TestLeave) {
  const record = await leave.until(({ closedAtMs }) => closedAtMs !== undefined);
  await engine.temporal.realTimeClient.workflow.getHandle(leave.workflowId).result();
  return record;
}

test('locks on the first day while mail arrives and is answered, and opens again on the day of the return', async () => {
  const leave = await startLeave(engine);
  const before = (await leave.account())!;
  await leave.forwardTo(-MINUTE);
  expect(await leave.account()).toEqual(before);
  expect(await leave.status()).toBe('active');

  await leave.forwardTo(HOUR);
  expect(await leave.account()).toMatchObject({
    ...{ status: 'disabled', disabledReason: 'leave', sessionCount: 0 },
    appPasswords: before.appPasswords,
  });
  expect(await signIn(leave)).toEqual({ kind: 'refused', code: 'ACCOUNT_DISABLED' });
  expect(await engine.directory.currentSession(leave.sessionToken)).toMatchObject({ kind: 'refused' });
  expect(await leave.status()).toBe('disabled');
  expect(leave.mails()).toMatchObject([{ to: [leave.manager.address] }]);
  expect(leave.mails()[0]?.text).not.toMatch(/departure|closed|handed over/u);
  const returnDay = (await leave.record()).request.returnDay!;
  const mail = await write(leave, 'While away');
  expect(mail).toMatchObject({ kind: 'stored', autoReply: { text: `Back on ${returnDay}. Ask Mona.` } });

  const awayMs = leave.returnAtMs! - leave.leaveAtMs;
  await leave.forwardTo(awayMs - MINUTE);
  expect((await leave.account())?.status).toBe('disabled');
  await leave.forwardTo(awayMs + HOUR);
  expect(await closed(leave)).toMatchObject({ state: 'completed', needsAttention: false });
  const after = (await leave.account())!;
  expect(after).toMatchObject({ status: 'active', appPasswords: before.appPasswords });
  expect([after.disabledReason, after.autoReply]).toEqual([undefined, undefined]);
  expect(await signIn(leave)).toMatchObject({ kind: 'signed_in' });
  expect(await leave.status()).toBe('active');
  expect(await write(leave, 'Back')).not.toHaveProperty('autoReply');
  expect(await leave.effects()).toEqual([
    'disable',
    'revokeSessions',
    'setAutoReply',
    'enable',
    'endAutoReply',
  ]);
});

test('says what its proofs rest on: nobody tried a password that only the person knows', async () => {
  const leave = await startLeave(engine, { plan: without('firstDay') });
  await leave.forwardBy(31 * DAY);
  await closed(leave);
  const proofs = await engine.repositories.evidence.listByCase(leave.orgId, leave.caseId);
  const proofOf = (key: string) => proofs.find(({ stepKey }) => stepKey === key)?.proof;
  const control = expect.arrayContaining([{ protocol: 'web', result: 'accepted' }]) as unknown;
  expect(proofOf('prove-disabled')).toEqual({
    ...{ status: 'disabled', reason: 'leave', sessionCount: 0, delivery: 'taken' },
    ...{ control, signIn: 'not_tried' },
  });
  expect(proofOf('prove-active')).toEqual({
    ...{ status: 'active', delivery: 'taken', control, signIn: 'not_tried', samePassword: true },
  });
});

test('waits without a timer and without a reminder until somebody ends it', async () => {
  const leave = await startLeave(engine, { plan: without('firstDay', 'returnDay') });
  await leave.forwardBy(HOUR);
  expect(await leave.record()).toMatchObject({ state: 'running', needsAttention: false });
  expect((await leave.record()).dueAtMs).toBeUndefined();
  await leave.forwardBy(200 * DAY);
  expect(leave.mails()).toHaveLength(1);
  expect(await write(leave, 'Half a year')).toMatchObject({ autoReply: { text: 'Ask Mona.' } });
  const { pendingActivities, workflowExecutionInfo } = await describe(leave);
  expect([pendingActivities, workflowExecutionInfo?.status]).toEqual([[], 1]);

  await leave.end();
  expect((await closed(leave)).state).toBe('completed');
  expect((await leave.step('end-leave')).status).toBe('attested');
  expect(await leave.account()).toMatchObject({ status: 'active' });
  expect((await leave.account())?.autoReply).toBeUndefined();
  expect(await leave.status()).toBe('active');
});

function describe({ workflowId }: TestLeave) {
  return engine.temporal.realTimeClient.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId },
  });
}

test('ends before the day of the return when somebody says so', async () => {
  const leave = await startLeave(engine);
  await leave.forwardTo(2 * DAY);
  await leave.end();
  const record = await closed(leave);
  expect(record.state).toBe('completed');
  expect(record.closedAtMs! - leave.leaveAtMs).toBeLessThan(2 * DAY + HOUR);
  expect(await leave.account()).toMatchObject({ status: 'active' });
});

test('gives the auto-reply once more when the return moves while it runs, and takes it back in both', async () => {
  const leave = await startLeave(engine);
  await leave.forwardTo(DAY);
  const first = (await leave.account())!.autoReply!;
  const later = new Date(leave.returnAtMs! + 40 * DAY).toISOString().slice(0, 10);
  await leave.move({ returnDay: later });
  await leave.forwardBy(HOUR);
  const second = (await leave.account())!.autoReply!;
  expect(second.untilMs).toBeGreaterThan(first.untilMs + 39 * DAY);
  expect(second.text).toBe(`Back on ${later}. Ask Mona.`);
  await leave.forwardTo(leave.returnAtMs! - leave.leaveAtMs + DAY);
  expect(await leave.account()).toMatchObject({ status: 'disabled', autoReply: { untilMs: second.untilMs } });
  await leave.undo();
  expect((await closed(leave)).state).toBe('undone');
  expect((await leave.account())?.autoReply).toBeUndefined();
});

test('an account that was disabled before stays so, and is not said to be open', async () => {
  const leave = await startLeave(engine, {
    plan: { reason: 'suspicious' },
    async beforeStart({ orgId, accountId, person }) {
      const call = { effectKey: 'hand:1', asOfMs: Date.now() };
      await engine.directory.disable(orgId, accountId, 'leave', call);
      await engine.repositories.people.update(orgId, person.id, 0, { status: 'disabled' });
    },
  });
  await leave.forwardBy(HOUR);
  expect(await leave.account()).toMatchObject({ status: 'disabled', disabledReason: 'suspicious' });
  await leave.investigate();
  await leave.end();
  expect((await closed(leave)).state).toBe('completed');
  expect(await leave.account()).toMatchObject({ status: 'disabled', disabledReason: 'leave' });
  expect((await leave.step('prove-active')).status).toBe('not_applicable');
  expect(await leave.status()).toBe('disabled');
});

test('locks and opens every account of a person with two targets', async () => {
  const leave = await startLeave(engine, { onBranch: true });
  const onBranch = async () => (await engine.branch.getAccount(leave.orgId, leave.accountId))!;
  await leave.forwardTo(HOUR);
  expect([(await leave.account())?.status, (await onBranch()).status]).toEqual(['disabled', 'disabled']);
  await leave.forwardTo(leave.returnAtMs! - leave.leaveAtMs + HOUR);
  expect((await closed(leave)).state).toBe('completed');
  expect([(await leave.account())?.status, (await onBranch()).status]).toEqual(['active', 'active']);
  expect((await onBranch()).autoReply).toBeUndefined();
});
