import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SEARCH_ATTRIBUTES } from '../../../shared/contract/search-attributes.ts';
import { prepareNamespace, RETENTION_DAYS } from '../../../shared/platform/temporal/prepare-namespace.ts';
import { runNamespaceScript } from '../../support/namespace-script.ts';
import { testVariable, uniqueName } from '../../support/temporal.ts';

let connection: Connection;
const namespaces = { byScript: uniqueName('by-script'), byUs: uniqueName('by-us') };

beforeAll(async () => {
  connection = await Connection.connect({ address: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS') });
  await runNamespaceScript(namespaces.byScript);
  await prepareNamespace(connection, namespaces.byUs);
});
afterAll(() => connection.close());

async function standOf(namespace: string) {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return { customAttributes, retentionSeconds: config?.workflowExecutionRetentionTtl?.seconds?.toNumber() };
}

test('the namespace job makes the namespace that our own start makes', async () => {
  const made = await standOf(namespaces.byScript);
  expect(made).toEqual(await standOf(namespaces.byUs));
  expect(Object.keys(made.customAttributes).sort()).toEqual(Object.keys(SEARCH_ATTRIBUTES).sort());
  expect(made.retentionSeconds).toBe(RETENTION_DAYS * 86_400);
});

test('the namespace job can be repeated', async () => {
  const before = await standOf(namespaces.byScript);
  await runNamespaceScript(namespaces.byScript);
  expect(await standOf(namespaces.byScript)).toEqual(before);
});
