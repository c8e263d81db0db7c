import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { taskQueues } from '../../../shared/contract/task-queues.ts';
import { reviewScheduleId } from '../../../shared/domain/ids.ts';
import {
  USUAL_CALENDAR,
  USUAL_TERMS,
  type ReviewDefinition,
} from '../../../shared/domain/reviews/review-definition.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { openLazyTemporal } from '../../../shared/platform/temporal/connect.ts';
import { createReviewEngine } from '../../../shared/platform/temporal/review-engine.ts';
import { eventually } from '../../support/installation.ts';
import { connectToTestTemporal, uniqueName, type TestTemporal } from '../../support/temporal.ts';
import { freshOrgId } from '../../support/test-repositories.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await connectToTestTemporal();
});
afterAll(() => temporal.close());

const aDefinition = (overrides: Partial<ReviewDefinition> = {}): ReviewDefinition => ({
  ...USUAL_TERMS,
  ...{ id: newId('rvd'), orgId: freshOrgId(), rev: 0, name: 'Quarterly', timeZone: 'Europe/Zurich' },
  ...{ calendar: USUAL_CALENDAR, jitterMinutes: 0, requestedBy: 'own_hr', createdAtMs: 1, unheard: true },
  ...overrides,
});
const anEngine = (queues = taskQueues(uniqueName('review-engine'))) =>
  createReviewEngine(temporal.realTimeClient, { queues });
const scheduleOf = ({ orgId, id }: ReviewDefinition) =>
  temporal.realTimeClient.schedule.getHandle(reviewScheduleId(orgId, id));
const localTimes = (times: unknown, zone: string) =>
  (times as readonly number[]).map((atMs) => localCalendar.localOf(atMs, zone));

test('arranges a schedule in the zone of its definition, that begins at the same local time on both sides of a clock change', async () => {
  const engine = anEngine();
  const definition = aDefinition({ calendar: { every: 'month', day: 28, time: '04:00' }, jitterMinutes: 10 });
  expect(await engine.isArranged(definition)).toBe(false);
  expect(await engine.nextTimes(definition)).toEqual([]);
  expect(await engine.arrange(definition)).toBe('arranged');
  expect(await engine.arrange(definition)).toBe('arranged');
  expect(await engine.isArranged(definition)).toBe(true);
  const times = localTimes(await engine.nextTimes(definition), 'Europe/Zurich');
  // Ten months have both changes of the clock in them, or end right at one.
  expect(times.length).toBe(10);
  expect(times.filter(({ time }) => time < '04:00' || time >= '04:11')).toEqual([]);
  expect(new Set(times.map(({ offset }) => offset)).size).toBe(2);
  expect(times.every(({ date }) => date.endsWith('-28'))).toBe(true);
  const { policies } = await scheduleOf(definition).describe();
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 2 * 86_400_000 });
  await scheduleOf(definition).delete();
});

test('begins quarters in January, April, July and October', async () => {
  const engine = anEngine();
  const definition = aDefinition();
  await engine.arrange(definition);
  const months = localTimes(await engine.nextTimes(definition), 'Europe/Zurich').map(({ date }) =>
    date.slice(5),
  );
  expect(new Set(months)).toEqual(new Set(['01-01', '04-01', '07-01', '10-01']));
  await scheduleOf(definition).delete();
});

test('follows its definition: edited, paused, resumed, removed, and made again where somebody lost it', async () => {
  const engine = anEngine();
  const definition = aDefinition();
  await engine.arrange(definition);
  const edited = { ...definition, rev: 1, calendar: { every: 'month', day: 3, time: '09:30' } } as const;
  expect(await engine.isArranged(edited)).toBe(false);
  await engine.arrange(edited);
  expect(await engine.isArranged(edited)).toBe(true);
  expect(localTimes(await engine.nextTimes(edited), 'Europe/Zurich')[0]).toMatchObject({ time: '09:30' });

  // By hand, in the Temporal UI.
  await scheduleOf(definition).pause('somebody was here');
  expect(await engine.isArranged(edited)).toBe(false);
  await engine.arrange(edited);
  expect((await scheduleOf(definition).describe()).state.paused).toBe(false);

  const paused = { ...edited, rev: 2, paused: { by: 'own_hr', atMs: 1 } };
  await engine.arrange(paused);
  expect((await scheduleOf(definition).describe()).state.paused).toBe(true);
  expect(await engine.nextTimes(paused)).toEqual([]);

  await scheduleOf(definition).delete();
  expect(await engine.isArranged(edited)).toBe(false);
  await engine.arrange(edited);
  expect(await engine.isArranged(edited)).toBe(true);

  const removed = { ...edited, rev: 3, removed: { by: 'own_hr', atMs: 1 } };
  expect(await engine.isArranged(removed)).toBe(false);
  await engine.arrange(removed);
  await engine.arrange(removed);
  expect(await engine.isArranged(removed)).toBe(true);
});

test('begins one now, once where one is under way, and tells it; what ended is over, what was terminated begins again', async () => {
  const queues = taskQueues(uniqueName('review-engine'));
  const engine = anEngine(queues);
  const definition = aDefinition();
  await engine.arrange(definition);
  expect(await engine.trigger(definition)).toBe('triggered');
  const running = async () => (await scheduleOf(definition).describe()).info.runningActions;
  await eventually(async () => (await running()).length === 1);
  const [action] = await running();
  const { workflowId } = (action as { workflow: { workflowId: string } }).workflow;
  expect(workflowId.startsWith(reviewScheduleId(definition.orgId, definition.id))).toBe(true);
  expect(await engine.trigger(definition)).toBe('triggered');
  await eventually(async () => (await scheduleOf(definition).describe()).info.numActionsSkippedOverlap === 1);

  const review: Review = {
    ...{ id: newId('rvw'), orgId: definition.orgId, rev: 0, definitionId: definition.id, workflowId },
    ...{ terms: definition, startedAtMs: 1, sent: [], unheard: true },
    state: 'open',
    reviewed: { people: 0, accounts: 0 },
  };
  expect(await engine.tell(review)).toBe('told');
  const handle = temporal.realTimeClient.workflow.getHandle(workflowId);
  expect(await engine.isHeld(review)).toBe(true);
  await handle.terminate();
  expect(await engine.isHeld(review)).toBe(false);
  expect(await engine.isHeld({ ...review, workflowId: 'review:nobody' })).toBe(false);
  expect(await engine.tell(review)).toBe('told');
  const { status, typedSearchAttributes, taskQueue } = await handle.describe();
  expect([status.name, taskQueue]).toEqual(['RUNNING', queues.orchestration]);
  expect(
    Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])),
  ).toMatchObject({
    OrgId: definition.orgId,
  });
  await handle.terminate();
  await scheduleOf(definition).delete();
});

test('says within its deadline that a server which is not there is unavailable', async () => {
  const { client, connection } = openLazyTemporal(readConfig({ TEMPORAL_ADDRESS: '127.0.0.1:1' }));
  const engine = createReviewEngine(client, { deadlineMs: 1_000 });
  const begun = performance.now();
  const definition = aDefinition();
  const asked = [engine.arrange(definition), engine.isArranged(definition), engine.trigger(definition)];
  expect(await Promise.all(asked)).toEqual(['unavailable', 'unavailable', 'unavailable']);
  expect(performance.now() - begun).toBeLessThan(5_000);
  await connection.close();
});
