import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

// An engine of its own: between activities the clock of the directory stands at the latest instant any case showed.
let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('lets the manager read the mailbox for a time that ends by itself', async () => {
  const departure = await startDeparture(engine, { handover: {} });
  const { orgId, accountId } = departure;
  const asManager = () =>
    engine.directory.readMailboxAs(
      orgId,
      { readerId: departure.manager.accounts[0]!.accountId, accountId },
      { limit: 10 },
    );
  expect(await asManager()).toMatchObject({ kind: 'refused' });
  await departure.forwardTo(DAY);
  expect(await asManager()).toMatchObject({ kind: 'open', messages: [{}, {}] });
  const stranger = { readerId: accountId, accountId };
  expect(await engine.directory.readMailboxAs(orgId, stranger, { limit: 10 })).toMatchObject({
    kind: 'refused',
  });

  // Gangway is silent on the day it should end: the target ends it.
  await departure.command('pauseCase', { actorId: 'own_hr' });
  await departure.forwardTo(20 * DAY + HOUR);
  expect((await departure.step('end-mailbox-access')).status).toBe('waiting');
  const granted = (await engine.directory.getAccount(orgId, accountId))!.mailboxGrants;
  expect(granted).toHaveLength(1);
  expect(granted[0]!.untilMs).toBeLessThanOrEqual(await departure.clock());
  await departure.command('resumeCase', { actorId: 'own_hr' });
  await departure.forwardBy(HOUR);
  expect((await departure.step('end-mailbox-access')).status).toBe('done');
  expect((await engine.directory.getAccount(orgId, accountId))!.mailboxGrants).toEqual([]);
  expect(await asManager()).toMatchObject({ kind: 'refused' });
});
