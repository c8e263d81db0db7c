import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { makeFaulty } from '../support/interceptions.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const WRITES = [
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
] as const;

test('finds its own work when the answer of every write was lost, and changes nothing twice', async () => {
  const departure = await startDeparture(engine);
  const faults = makeFaulty(engine, departure.orgId);
  for (const write of WRITES) faults.loseAnswer(write, 1);
  await departure.approve();
  await departure.forwardTo(122 * DAY);

  const record = await departure.until((now) => now.closedAtMs !== undefined);
  expect(record.state).toBe('completed');
  // The steps after one that lost an answer go on, so that the order is another one.
  expect((await departure.effects()).toSorted()).toEqual(WRITES.toSorted());
  // Each was asked again, and applied once. A step of several calls asks for those before the lost one again as well.
  const several = new Set<string>(['revokeOauthGrants', 'voidLinks', 'setMemberships']);
  for (const write of WRITES.slice(0, -1)) {
    if (several.has(write)) expect([write, faults.calls(write) > 2]).toEqual([write, true]);
    else expect([write, faults.calls(write)]).toEqual([write, 2]);
  }
  const deletion = await engine.repositories.evidence.get(
    departure.orgId,
    `eff:${departure.caseId}:delete-account:1`,
  );
  expect(deletion).toMatchObject({ status: 'done', proof: { answer: 'deleted' } });
  expect(deletion?.attempts.map((attempt) => attempt.errorCode)).toEqual(['TARGET_UNAVAILABLE', undefined]);
});

test('counts a try that was cut off in the middle as a try, and proves the step with the next one', async () => {
  const departure = await startDeparture(engine);
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('read', 1);
  await departure.forwardTo(DAY / 2);
  expect(await departure.stepStatuses()).toMatchObject({ 'take-snapshot': 'done', 'prove-day-0': 'done' });
  const snapshot = await engine.repositories.evidence.get(
    departure.orgId,
    `eff:${departure.caseId}:take-snapshot:1`,
  );
  expect(snapshot?.attempts.map((attempt) => attempt.errorCode)).toEqual(['TARGET_UNAVAILABLE', undefined]);
});
