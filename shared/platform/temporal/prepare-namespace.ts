import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.ts';
import { StartError } from '../../errors/start/start-error.ts';

export const RETENTION_DAYS = 30;
const SECONDS_PER_DAY = 86_400;
const VISIBLE_WITHIN_MS = 30_000;
const POLL_MS = 100;

/** gRPC's status codes. */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

const { IndexedValueType } = proto.temporal.api.enums.v1;
const INDEXED_VALUE_TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/**
 * Makes `namespace` ready for cases: it exists, keeps closed workflows for at least 30 days and knows our search
 * attributes. May run at every start and by several processes at once; changes only what is missing. Resolves when the
 * server accepts queries by these attributes. Throws a StartError when an attribute exists with another type, or when
 * the server does not allow the change.
 */
export async function prepareNamespace(connection: Connection, namespace: string): Promise<void> {
  try {
    await ensureNamespace(connection, namespace);
    await whileSettling(() => ensureSearchAttributes(connection, namespace));
    await whileSettling(() => countByEveryAttribute(connection, namespace));
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    const attributes = Object.keys(SEARCH_ATTRIBUTES).join(', ');
    throw StartError.of(
      'TEMPORAL_NAMESPACE',
      { namespace, reason: error.details, attributes },
      { cause: error },
    );
  }
}

async function ensureNamespace(connection: Connection, namespace: string): Promise<void> {
  const { workflowService } = connection;
  const retention = msToTs(RETENTION_DAYS * SECONDS_PER_DAY * 1000);
  try {
    const { config } = await workflowService.describeNamespace({ namespace });
    const retentionSeconds = config?.workflowExecutionRetentionTtl?.seconds?.toNumber() ?? 0;
    if (retentionSeconds >= RETENTION_DAYS * SECONDS_PER_DAY) return;
    await workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: retention },
    });
  } catch (error) {
    if (!hasStatus(error, NOT_FOUND)) throw error;
    await registerNamespace(connection, namespace, retention);
  }
}

async function registerNamespace(
  connection: Connection,
  namespace: string,
  retention: ReturnType<typeof msToTs>,
): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: retention,
    });
  } catch (error) {
    if (!hasStatus(error, ALREADY_EXISTS)) throw error;
  }
}

async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const wanted = Object.entries(SEARCH_ATTRIBUTES).map(
    ([name, type]) => [name, INDEXED_VALUE_TYPES[type]] as const,
  );
  const clash = wanted.find(([name, type]) => (customAttributes[name] ?? type) !== type);
  if (clash !== undefined)
    throw StartError.of('TEMPORAL_SEARCH_ATTRIBUTE', { namespace, attribute: clash[0] });
  const missing = wanted.filter(([name]) => customAttributes[name] === undefined);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing),
  });
}

async function countByEveryAttribute(connection: Connection, namespace: string): Promise<void> {
  const query = Object.keys(SEARCH_ATTRIBUTES).map((name) => `${name} IS NULL`);
  await connection.workflowService.countWorkflowExecutions({ namespace, query: query.join(' AND ') });
}

/** A new namespace or attribute reaches each part of the server a moment later; until then it is "not found" or "invalid". */
async function whileSettling(call: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      const mayComeYet = [INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS].some((status) =>
        hasStatus(error, status),
      );
      if (!mayComeYet || performance.now() > giveUpAt) throw error;
      await sleep(POLL_MS);
    }
  }
}

function hasStatus(error: unknown, status: number): boolean {
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return code === status;
}
