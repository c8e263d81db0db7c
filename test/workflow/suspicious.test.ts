import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, PASSWORD } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startLeave, type TestLeave } from '../support/leave.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const SUSPICIOUS = { plan: { reason: 'suspicious' } } as const;

async function closed(leave: TestLeave) {
  const record = await leave.until(({ closedAtMs }) => closedAtMs !== undefined);
  await engine.temporal.realTimeClient.workflow.getHandle(leave.workflowId).result();
  return record;
}

const secretOf = ({ orgId, caseId }: TestLeave) => engine.vault.read(orgId, `rotated:${caseId}`);

test('closes every way in at once, proves it, and leaves mail, groups and rules as they are', async () => {
  const leave = await startLeave(engine, SUSPICIOUS);
  const before = (await leave.account())!;
  await leave.forwardBy(HOUR);
  const account = (await leave.account())!;
  expect(account).toMatchObject({
    ...{ status: 'disabled', disabledReason: 'suspicious', sessionCount: 0, appPasswords: [] },
    ...{ oauthGrants: [], recoveryMeans: [] },
    ...{ groups: before.groups, forwards: before.forwards, rules: before.rules, role: before.role },
  });
  expect(await leave.status()).toBe('disabled');
  const { proof } = (await engine.repositories.evidence.listByCase(leave.orgId, leave.caseId)).find(
    ({ stepKey }) => stepKey === 'prove-locked-out',
  )!;
  expect(proof).toMatchObject({ passwordChanged: true, sessionCount: 0, appPasswordCount: 0 });
  expect(proof?.['timeToLockoutMs']).toBeLessThan(60_000);
  const keys = (await engine.repositories.apiKeys.list(leave.orgId, { limit: 10 })).filter(
    ({ personId }) => personId === leave.person.id,
  );
  expect(keys.map(({ revokedAtMs }) => revokedAtMs === undefined)).toEqual([false]);
});

test('opens only once every item was attested and somebody ended it, and gives a link for a new password', async () => {
  const leave = await startLeave(engine, SUSPICIOUS);
  await leave.forwardBy(HOUR);
  const secret = (await secretOf(leave))!;
  // Somebody is in a hurry.
  await leave.end();
  await leave.forwardBy(HOUR);
  expect(await leave.record()).toMatchObject({ state: 'running' });
  expect((await leave.account())?.status).toBe('disabled');

  for (const key of ['review-sign-ins', 'review-rules', 'review-sent-mail', 'talk-with-person']) {
    await leave.attest(key);
    await leave.forwardBy(HOUR);
    expect((await leave.account())?.status).toBe('disabled');
  }
  await leave.attest('decide');
  expect((await closed(leave)).state).toBe('completed');
  expect(await leave.account()).toMatchObject({ status: 'active' });
  expect(await leave.status()).toBe('active');
  const statuses = Object.entries(await leave.stepStatuses());
  expect(statuses.filter(([, status]) => status === 'attested').map(([key]) => key)).toEqual([
    ...['review-sign-ins', 'review-rules', 'review-sent-mail', 'talk-with-person', 'decide', 'end-leave'],
  ]);

  // Proven by a sign-in with the password that only the vault knew; it is gone with the case.
  const proofs = await engine.repositories.evidence.listByCase(leave.orgId, leave.caseId);
  const { proof } = proofs.find(({ stepKey }) => stepKey === 'prove-active')!;
  expect(proof?.['signIn']).toContainEqual({ protocol: 'web', result: 'accepted' });
  expect(await secretOf(leave)).toBeUndefined();
  const mail = leave.mails().find(({ id }) => id.includes('send-setup-link'))!;
  expect([mail.to, mail.text.includes(secret)]).toEqual([[leave.manager.address], false]);
  expect(mail.text).toContain('https://gangway.test/setup/');
  const old = await engine.directory.signIn(leave.orgId, leave.person.address, PASSWORD);
  expect(old).toMatchObject({ kind: 'refused' });
});

test('reminds daily of what is to be looked into, and then of the decision; tells no manager', async () => {
  const leave = await startLeave(engine, SUSPICIOUS);
  await leave.forwardBy(2 * DAY + HOUR);
  const reminders = () => leave.mails().filter(({ subject }) => subject.startsWith('Checklist of the leave'));
  expect(reminders()).toHaveLength(3);
  expect(reminders()[0]).toMatchObject({ to: ['it@example.test'] });
  expect(reminders()[0]?.text).toContain('review-sign-ins');
  expect(reminders()[0]?.text).toContain('the account stays locked');
  await leave.investigate();
  await leave.forwardBy(DAY + HOUR);
  expect(reminders().at(-1)?.text).toContain('end-leave');
  expect(leave.mails().some(({ to }) => to.includes(leave.manager.address))).toBe(false);
});

test('no item of the investigation can be left out', async () => {
  const leave = await startLeave(engine, SUSPICIOUS);
  await leave.forwardBy(HOUR);
  for (const stepKey of ['decide', 'end-leave']) {
    const skip = leave.command('skipStep', { stepKey, actorId: 'own_hasty' });
    await expect(skip).rejects.toMatchObject({ cause: { type: 'STEP_NOT_SKIPPABLE' } });
  }
});

test('opens an account that an earlier case left locked, after the same questions', async () => {
  const before = await startLeave(engine, SUSPICIOUS);
  await before.forwardBy(HOUR);
  await before.command('cancelCase', { actorId: 'own_hr', keep: true });
  expect((await closed(before)).state).toBe('cancelled');
  expect([await before.status(), (await before.account())?.status]).toEqual(['disabled', 'disabled']);

  const opening = await startLeave(engine, {
    plan: { reason: 'suspicious', opensOnly: true },
    of: before,
  });
  await opening.forwardBy(HOUR);
  expect((await opening.account())?.status).toBe('disabled');
  await opening.investigate();
  expect((await closed(opening)).state).toBe('completed');
  expect([await opening.status(), (await opening.account())?.status]).toEqual(['active', 'active']);
  expect(
    (await opening.effectLog()).filter(({ effectKey }) => effectKey.includes(opening.caseId)),
  ).toMatchObject([{ operation: 'enable' }]);
});
