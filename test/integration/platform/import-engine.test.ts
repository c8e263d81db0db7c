import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PassRef } from '../../../shared/contract/import-engine.ts';
import { taskQueues } from '../../../shared/contract/task-queues.ts';
import { importWorkflowId } from '../../../shared/domain/imports/people-import.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { openLazyTemporal } from '../../../shared/platform/temporal/connect.ts';
import { createImportEngine } from '../../../shared/platform/temporal/import-engine.ts';
import { connectToTestTemporal, uniqueName, type TestTemporal } from '../../support/temporal.ts';
import { freshOrgId } from '../../support/test-repositories.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await connectToTestTemporal();
});
afterAll(() => temporal.close());

const aPassRef = (mode: PassRef['mode']): PassRef => ({
  ...{ orgId: freshOrgId(), importId: newId('imp'), mode, number: 1 },
});
const handleOf = ({ orgId, importId, mode, number }: PassRef) =>
  temporal.realTimeClient.workflow.getHandle(importWorkflowId(orgId, importId, mode, number));

test('starts the workflow of a pass once, without a worker, and tells it every time', async () => {
  // Queues of its own: no worker of another test may take it up.
  const queues = taskQueues(uniqueName('import-engine'));
  const engine = createImportEngine(temporal.realTimeClient, { queues });
  const pass = aPassRef('dry_run');
  expect([await engine.tell(pass), await engine.tell(pass), await engine.tell(pass)]).toEqual([
    'told',
    'told',
    'told',
  ]);
  const description = await handleOf(pass).describe();
  const attributes = description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
  expect(Object.fromEntries(attributes)).toMatchObject({ OrgId: pass.orgId, Phase: 'dry_run' });
  expect(await description.staticSummary()).toBe(`Dry run of import ${pass.importId}`);
  expect([description.type, description.taskQueue]).toEqual(['peopleImport', queues.orchestration]);
  const { events } = await handleOf(pass).fetchHistory();
  expect((events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length).toBe(3);
});

test('starts no second one of a pass that is over', async () => {
  const queues = taskQueues(uniqueName('import-engine'));
  const engine = createImportEngine(temporal.realTimeClient, { queues });
  const pass = aPassRef('run');
  await engine.tell(pass);
  await handleOf(pass).terminate();
  expect(await engine.tell(pass)).toBe('over');
});

test('says within its deadline that a server which is not there is unavailable', async () => {
  const { client, connection } = openLazyTemporal(readConfig({ TEMPORAL_ADDRESS: '127.0.0.1:1' }));
  const engine = createImportEngine(client, { deadlineMs: 1_000 });
  const begun = performance.now();
  expect(await engine.tell(aPassRef('run'))).toBe('unavailable');
  expect(performance.now() - begun).toBeLessThan(5_000);
  await connection.close();
});
