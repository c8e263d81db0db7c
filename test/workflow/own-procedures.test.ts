import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LEAVE_PROCEDURE } from '../../shared/domain/leave.ts';
import { ONBOARDING_PROCEDURE } from '../../shared/domain/planner/onboarding-procedure.ts';
import { ROLE_CHANGE_PROCEDURE } from '../../shared/domain/planner/role-change-procedure.ts';
import { LEAVE_PROCEDURES } from '../../shared/domain/procedure/kinds/leave.ts';
import { ONBOARDING_PROCEDURES } from '../../shared/domain/procedure/kinds/onboarding.ts';
import { ROLE_CHANGE_PROCEDURES } from '../../shared/domain/procedure/kinds/role-change.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startLeave } from '../support/leave.ts';
import { startOnboarding } from '../support/onboarding.ts';
import { startRoleChange } from '../support/role-change.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('an onboarding by a version without mails to the manager is done once the way in is proven', async () => {
  const template = { ...ONBOARDING_PROCEDURE, leavesOut: ['remindManager', 'followUp'] };
  const procedure = ONBOARDING_PROCEDURES.own({ name: 'onboarding@1.1', template });
  const onboarding = await startOnboarding(engine, { plan: { procedure } });
  await onboarding.forwardTo(HOUR);
  expect(await onboarding.account()).toMatchObject({ status: 'active' });
  const { state, plan } = await onboarding.until(({ closedAtMs }) => closedAtMs !== undefined);
  expect([state, plan.procedure]).toEqual(['completed', 'onboarding@1.1']);
  expect(onboarding.mails().map(({ to }) => to)).toEqual([['nina@home.test']]);
});

test('a role change by a version without an overlap ends the old rights at once, after the new ones', async () => {
  const template = { ...ROLE_CHANGE_PROCEDURE, leavesOut: ['tellManagers', 'remindOldRights'] };
  const procedure = ROLE_CHANGE_PROCEDURES.own({ name: 'role-change@1.1', template });
  const change = await startRoleChange(engine, {
    request: { overlapDays: 0 },
    plan: { procedure, overlapDays: 0 },
  });
  await change.forwardTo(HOUR);
  const { state, plan } = await change.until(({ closedAtMs }) => closedAtMs !== undefined);
  expect([state, plan.procedure]).toEqual(['completed', 'role-change@1.1']);
  expect(await change.account()).toMatchObject({ groups: ['staff', 'crm'], lists: ['orders'] });
  expect(change.mails()).toEqual([]);
});

test('a suspicious account opens after the questions of its version, locked in its order', async () => {
  const template = {
    ...LEAVE_PROCEDURE,
    revokes: LEAVE_PROCEDURE.revokes.toReversed(),
    investigation: ['review-rules', 'decide'],
  };
  const procedure = LEAVE_PROCEDURES.own({ name: 'leave@1.1', template });
  const leave = await startLeave(engine, { plan: { reason: 'suspicious', procedure } });
  await leave.until(({ steps }) =>
    steps.some(({ key, status }) => key === 'prove-locked-out' && status === 'done'),
  );
  expect(await leave.account()).toMatchObject({ status: 'disabled', sessionCount: 0 });
  expect(await leave.effects()).toEqual([
    ...['disable', 'revokeSessions', 'revokeOauthGrants', 'voidLinks', 'removeRecoveryMeans'],
    ...['revokeAppPasswords', 'setPassword'],
  ]);
  for (const key of ['review-rules', 'decide', 'end-leave']) await leave.attest(key);
  await leave.forwardTo(DAY);
  const { state, plan } = await leave.until(({ closedAtMs }) => closedAtMs !== undefined);
  expect([state, plan.procedure]).toEqual(['completed', 'leave@1.1']);
  expect(await leave.account()).toMatchObject({ status: 'active' });
});
