import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HANDOVER_CAPABILITIES } from '../../shared/domain/target-capabilities.ts';
import { DAY, HOUR, rejectionOf, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const byHand = {
  targets: { directory: { ...HANDOVER_CAPABILITIES.directory, files: 'manual', contacts: 'no' } },
} as const;

/** A target that cannot change the owner of a file, and knows no contacts. */
function startLimited(): Promise<TestDeparture> {
  return startDeparture(engine, {
    handover: byHand,
    beforeStart: (orgId) =>
      engine.interceptTarget(orgId, (real) => ({
        ...real,
        capabilities: { ...real.capabilities, setFileOwner: 'manual', exportContacts: 'no' },
      })),
  });
}

const attested = { stepKey: 'transfer-files', actorId: 'own_it' };

test('makes what the target cannot do an item of the recipient, reminds of it, and completes attested', async () => {
  const departure = await startLimited();
  const { orgId, accountId, manager } = departure;
  await departure.approve();
  await departure.forwardTo(8 * DAY);
  const planned = (await departure.record()).plan.steps.find(({ key }) => key === 'transfer-files')!;
  expect(planned).toMatchObject({ manual: true, params: { ownerId: manager.id } });
  expect((await departure.step('transfer-files')).status).toBe('waiting');
  expect((await departure.step('export-contacts')).status).toBe('not_applicable');
  expect(await engine.directory.listFiles(orgId, accountId)).toHaveLength(2);
  const reminders = () => departure.mails().filter(({ subject }) => subject.startsWith('Checklist of'));
  expect(reminders()[0]).toMatchObject({ to: [manager.address, 'it@example.test'] });
  expect(reminders()[0]!.text).toMatch(/- transfer-files, due \d{4}-\d\d-\d\d 17:30/u);
  await departure.forwardTo(10 * DAY);
  expect(reminders().length).toBeGreaterThan(1);

  // The gate waits for the item, whatever else is ready.
  await departure.forwardTo(100 * DAY);
  expect((await departure.step('purge-gate')).status).toBe('waiting');
  await departure.command('completeChecklistItem', attested);
  const step = await departure.step('transfer-files');
  expect(step).toMatchObject({ status: 'attested', attestedBy: 'own_it' });
  await departure.forwardBy(32 * DAY);
  const closed = await departure.until((record) => record.closedAtMs !== undefined);
  expect(closed.state).toBe('completed');
  expect(closed.steps.find(({ key }) => key === 'transfer-files')?.status).toBe('attested');
});

test('attests only what is left to people, and only once', async () => {
  const departure = await startLimited();
  await departure.forwardTo(8 * DAY);
  const other = { ...attested, stepKey: 'hand-over-calendars' };
  expect(await rejectionOf(departure.command('completeChecklistItem', other))).toBe('STEP_NOT_MANUAL');
  await departure.command('completeChecklistItem', attested);
  expect(await rejectionOf(departure.command('completeChecklistItem', attested))).toBe(
    'STEP_ALREADY_SETTLED',
  );
});

test('asks who receives when no rule knows, and hands over to whoever is named', async () => {
  const departure = await startDeparture(engine, { handover: { recipient: 'ask' } });
  const { orgId, caseId, manager, accountId } = departure;
  await departure.forwardTo(8 * DAY);
  const statuses = await departure.stepStatuses();
  expect([statuses['name-recipient'], statuses['transfer-files']]).toEqual(['waiting', 'waiting']);
  expect(await engine.directory.listFiles(orgId, accountId)).toHaveLength(2);
  expect(departure.mails().some(({ text }) => text.includes('- name-recipient'))).toBe(true);

  const { request, rev } = await departure.record();
  const handover = { ...request.handover!, recipient: 'named' as const, recipientId: manager.id };
  await engine.repositories.cases.setRequest(orgId, caseId, rev, { ...request, handover });
  await departure.command('completeChecklistItem', { stepKey: 'name-recipient', actorId: 'own_hr' });
  await departure.forwardBy(HOUR);
  expect((await departure.step('transfer-files')).status).toBe('done');
  expect(await engine.directory.listFiles(orgId, manager.accounts[0]!.accountId)).toHaveLength(2);
});
