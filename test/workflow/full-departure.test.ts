import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectId } from '../../shared/domain/ids.ts';
import { DAY, HOUR, PASSWORD, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('carries a departure through ninety days and thirty of grace, each step proven', async () => {
  const departure = await startDeparture(engine, { messages: 3 });
  const { orgId, person } = departure;
  await departure.approve();

  await departure.forwardTo(-HOUR);
  expect((await departure.record()).state).toBe('running');
  expect(engine.mailroom.mails.filter((mail) => mail.to.includes(departure.manager.address))).toHaveLength(1);
  expect(await departure.effects()).toEqual([]);

  await departure.forwardTo(HOUR);
  expect((await engine.directory.signIn(orgId, person.address, PASSWORD)).kind).toBe('refused');
  const proof = await engine.repositories.evidence.get(orgId, effectId(departure.caseId, 'prove-day-0', 1));
  expect(proof?.proof).toMatchObject({ sessionCount: 0, appPasswordCount: 0, passwordChanged: true });
  expect(proof?.proof?.['timeToLockoutMs']).toBeLessThan(60_000);

  await departure.forwardTo(89 * DAY);
  expect((await departure.record()).state).toBe('running');
  await departure.forwardTo(91 * DAY);
  expect((await departure.record()).state).toBe('grace');

  await departure.forwardTo(121 * DAY);
  const record = await departure.until((now) => now.closedAtMs !== undefined);
  expect(record.state).toBe('completed');
  expect(new Set(Object.values(await departure.stepStatuses()))).toEqual(new Set(['done']));
  expect(await departure.effects()).toEqual([
    'disable',
    'setPassword',
    'revokeAppPasswords',
    'revokeOauthGrants',
    'voidLinks',
    'removeRecoveryMeans',
    'setProtocols',
    'revokeSessions',
    'removeOwnRules',
    'setRole',
    'setMemberships',
    'setDelegations',
    'setAutoReply',
    'endAutoReply',
    'deleteAccount',
  ]);
  expect(await engine.directory.findByAddress(orgId, person.address)).toBeUndefined();
  expect(await engine.repositories.people.get(orgId, person.id)).toMatchObject({ status: 'departed' });
});
