import { afterAll, beforeAll, test } from '@jest/globals';
import { DAY, startDeparture } from '../../support/departure.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { historyOf, productionEvents, sizeOf } from '../../support/history.ts';
import { hold } from './figure.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** A target that lets only people hand over. */
const BY_HAND = {
  mail: 'manual',
  files: 'manual',
  calendars: 'manual',
  meetings: 'manual',
  contacts: 'manual',
} as const;
const MANUAL = {
  storeMessage: 'manual',
  setFileOwner: 'manual',
  setCalendar: 'manual',
  setMeeting: 'manual',
  exportContacts: 'manual',
} as const;

test('a history stays short', async () => {
  const departure = await startDeparture(engine, {
    handover: { targets: { directory: BY_HAND } },
    beforeStart: (orgId) =>
      engine.interceptTarget(orgId, (real) => ({
        ...real,
        capabilities: { ...real.capabilities, ...MANUAL },
      })),
  });
  await departure.forwardTo(7 * DAY + DAY / 24);
  const { plan } = await departure.record();
  for (const { key, manual } of plan.steps)
    if (manual === true)
      await departure.command('completeChecklistItem', { actorId: 'own_hr', stepKey: key });
  await departure.forwardTo(90 * DAY + DAY / 24);
  await departure.approve();
  await departure.forwardTo(122 * DAY);
  await departure.until((record) => record.closedAtMs !== undefined);
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();
  const events = productionEvents(await historyOf(engine, departure.workflowId));
  hold([
    {
      ...{ name: 'history of a departure, 1 approval, 5 checklist items', unit: '' },
      ...{ value: events.length, bound: { atMost: 320 } },
    },
    { name: 'the same', unit: 'KB', value: sizeOf(events) / 1024, bound: { atMost: 96 } },
  ]);
});
