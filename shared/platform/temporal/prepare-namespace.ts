import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.ts';
import { TemporalError } from './temporal-error.ts';

const RETENTION_DAYS = 30;
const SECONDS_PER_DAY = 86_400;
const VISIBLE_WITHIN_MS = 30_000;
const POLL_MS = 100;

/** gRPC's status codes. */
const GRPC_INVALID_ARGUMENT = 3;
const GRPC_NOT_FOUND = 5;

const { IndexedValueType } = temporal.api.enums.v1;
const INDEXED_VALUE_TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/**
 * Makes `namespace` ready for cases: it exists, keeps closed workflows for at least 30 days and knows our search
 * attributes. May run at every start and by several processes at once; changes only what is missing. Resolves when the
 * server accepts queries by these attributes. Throws a TemporalError when an attribute exists with another type, or when
 * the server does not allow the change.
 */
export async function prepareNamespace(connection: Connection, namespace: string): Promise<void> {
  try {
    await ensureNamespace(connection, namespace);
    await ensureSearchAttributes(connection, namespace);
    await waitUntilSearchable(connection, namespace);
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    throw new TemporalError(
      'TEMPORAL_NAMESPACE',
      `The Temporal namespace "${namespace}" cannot be prepared (${error.details}): create it with the search attributes ` +
        `${Object.keys(SEARCH_ATTRIBUTES).join(', ')}, or set TEMPORAL_NAMESPACE to one that may be changed.`,
      { cause: error },
    );
  }
}

async function ensureNamespace(connection: Connection, namespace: string): Promise<void> {
  const retention = { seconds: RETENTION_DAYS * SECONDS_PER_DAY };
  const { workflowService } = connection;
  try {
    const { config } = await workflowService.describeNamespace({ namespace });
    if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= retention.seconds) return;
    await workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: retention },
    });
  } catch (error) {
    if (!hasStatus(error, GRPC_NOT_FOUND)) throw error;
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention });
  }
}

async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const wanted = Object.entries(SEARCH_ATTRIBUTES).map(
    ([name, type]) => [name, INDEXED_VALUE_TYPES[type]] as const,
  );
  const clash = wanted.find(([name, type]) => (known.customAttributes[name] ?? type) !== type);
  if (clash !== undefined) {
    throw new TemporalError(
      'TEMPORAL_NAMESPACE',
      `The Temporal namespace "${namespace}" has a search attribute ${clash[0]} of another type: set TEMPORAL_NAMESPACE to another one.`,
    );
  }
  const missing = wanted.filter(([name]) => known.customAttributes[name] === undefined);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing),
  });
}

/** A new attribute reaches the front end a moment later; until then it answers a query by it with INVALID_ARGUMENT. */
async function waitUntilSearchable(connection: Connection, namespace: string): Promise<void> {
  const query = Object.keys(SEARCH_ATTRIBUTES)
    .map((name) => `${name} IS NULL`)
    .join(' AND ');
  const giveUpAt = performance.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    try {
      await connection.workflowService.countWorkflowExecutions({ namespace, query });
      return;
    } catch (error) {
      const mayComeYet = hasStatus(error, GRPC_INVALID_ARGUMENT) || hasStatus(error, GRPC_NOT_FOUND);
      if (!mayComeYet || performance.now() > giveUpAt) throw error;
      await sleep(POLL_MS);
    }
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return isGrpcServiceError(error) && Number(error.code) === status;
}
