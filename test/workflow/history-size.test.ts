import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { historyOf, productionEvents, sizeOf } from '../support/history.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('keeps the history of a standard departure with one approval below 320 events and 96 KB', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(90 * DAY + DAY / 24);
  await departure.approve();
  await departure.forwardTo(122 * DAY);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();

  const events = productionEvents(await historyOf(engine, departure.workflowId));
  const bytes = sizeOf(events);
  process.stdout.write(`standard departure: ${events.length} events, ${bytes} bytes\n`);
  expect(events.length).toBeLessThanOrEqual(320);
  expect(bytes).toBeLessThanOrEqual(96 * 1024);
});
