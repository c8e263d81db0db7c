import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const byHr = { actorId: 'own_hr' };

/** Somebody makes the leaver the owner of a file. */
async function giveFile({ orgId, caseId, accountId }: TestDeparture): Promise<string> {
  const id = `${caseId}:late`;
  await engine.directory.addFile(orgId, { id, ownerAccountId: accountId, name: 'Late.odt', sizeBytes: 1 });
  return id;
}

async function takeFile({ orgId, manager }: TestDeparture, id: string): Promise<void> {
  const call = { effectKey: 'hand:1', asOfMs: Date.now() };
  await engine.directory.setFileOwner(orgId, id, manager.accounts[0]!.accountId, call);
}

test('keeps the gate closed for what somebody who owned nothing got after the departure was asked for', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(50 * DAY);
  const id = await giveFile(departure);
  await departure.forwardTo(92 * DAY);
  expect(await departure.step('purge-gate')).toMatchObject({
    status: 'failed',
    errorCode: 'HANDOVER_INCOMPLETE',
  });
  await takeFile(departure, id);
  await departure.command('retryStep', { ...byHr, stepKey: 'purge-gate' });
  await departure.until(({ state }) => state === 'grace');
});

test('does not delete what comes in the grace, and can still be called back', async () => {
  const departure = await startDeparture(engine, { handover: {}, policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(100 * DAY);
  expect((await departure.record()).state).toBe('grace');
  const id = await giveFile(departure);
  await departure.forwardTo(123 * DAY);
  const red = await departure.until((record) => statusOf(record, 'delete-account') === 'failed');
  expect(await departure.step('delete-account')).toMatchObject({ errorCode: 'HANDOVER_INCOMPLETE' });
  expect(red.pointOfNoReturnAtMs).toBeUndefined();
  expect(await departure.accountExists()).toBe(true);

  await takeFile(departure, id);
  await departure.command('retryStep', { ...byHr, stepKey: 'delete-account' });
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
});

test('deletes files with the account where somebody decided so, and only then', async () => {
  const targets = { directory: { calendars: 'yes', meetings: 'yes' } } as const;
  const departure = await startDeparture(engine, {
    ...{ handover: { targets, filesGoWithAccount: true }, policy: FEW_TRIES },
  });
  const { orgId, accountId } = departure;
  await departure.approve();
  await departure.forwardTo(92 * DAY);
  expect((await departure.record()).state).toBe('grace');
  expect(await engine.directory.listFiles(orgId, accountId)).not.toEqual([]);
  await departure.forwardTo(123 * DAY);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
});
