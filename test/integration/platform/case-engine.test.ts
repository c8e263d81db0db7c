import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openLazyTemporal } from '../../../shared/platform/temporal/connect.ts';
import { createCaseEngine, type CaseEngine } from '../../../shared/platform/temporal/case-engine.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { taskQueues } from '../../../shared/contract/task-queues.ts';
import { connectToTestTemporal, uniqueName, type TestTemporal } from '../../support/temporal.ts';
import { aCase, freshOrgId } from '../../support/test-repositories.ts';

let temporal: TestTemporal;
let engine: CaseEngine;

beforeAll(async () => {
  temporal = await connectToTestTemporal();
  // Queues of its own: no worker of another test may take these cases up.
  const queues = taskQueues(uniqueName('case-engine'));
  engine = createCaseEngine(temporal.realTimeClient, { commandDeadlineMs: 1_500, queues });
});
afterAll(() => temporal.close());

test('starts a case without a worker, once, with search attributes and nothing personal', async () => {
  const record = aCase(freshOrgId());
  expect(await engine.start(record, false)).toEqual({ kind: 'started' });
  expect(await engine.start(record, true)).toEqual({ kind: 'started' });
  const description = await temporal.realTimeClient.workflow.getHandle(record.workflowId).describe();
  const attributes = Object.fromEntries(
    description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
  );
  expect(attributes).toMatchObject({
    OrgId: record.orgId,
    CaseKind: 'departure',
    Phase: 'scheduled',
    PersonRef: record.personId,
    NeedsAttention: false,
  });
  expect(await description.staticSummary()).toBe(`Departure ${record.id} of ${record.personId}`);
});

test('says that a case exists which is over, and that no open one takes commands', async () => {
  const record = aCase(freshOrgId());
  await engine.start(record, false);
  await temporal.realTimeClient.workflow.getHandle(record.workflowId).terminate();
  expect(await engine.start(record, false)).toEqual({ kind: 'exists' });
  const payload = { actorId: 'own_1' };
  expect(await engine.command(record.workflowId, 'pauseCase', payload, 'u1')).toEqual({ kind: 'unknown' });
  expect(await engine.command('departure:no:such', 'pauseCase', payload, 'u1')).toEqual({ kind: 'unknown' });
});

test('gives up on a command that no worker answers', async () => {
  const record = aCase(freshOrgId());
  await engine.start(record, false);
  const outcome = await engine.command(record.workflowId, 'pauseCase', { actorId: 'own_1' }, 'u1');
  expect(outcome).toEqual({ kind: 'unavailable' });
});

test('says within its deadline that a server which is not there is unavailable', async () => {
  const { client, connection } = openLazyTemporal(readConfig({ TEMPORAL_ADDRESS: '127.0.0.1:1' }));
  const lonely = createCaseEngine(client, { startDeadlineMs: 1_000, commandDeadlineMs: 1_000 });
  const begun = performance.now();
  expect(await lonely.start(aCase(freshOrgId()), false)).toEqual({ kind: 'unavailable' });
  expect(await lonely.command('departure:a:b', 'pauseCase', { actorId: 'own_1' }, 'u1')).toEqual({
    kind: 'unavailable',
  });
  expect(await lonely.isReachable()).toBe(false);
  expect(performance.now() - begun).toBeLessThan(8_000);
  expect(await engine.isReachable()).toBe(true);
  await connection.close();
});
