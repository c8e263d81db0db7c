import type { StagedRow } from '../../../shared/domain/imports/import-row.ts';
import { requestAs } from '../../desk/request-as.ts';
import type { Call } from '../../http/call.ts';
import { ALL_SCOPES } from '../../http/scopes.ts';
import type { Scene } from './scene.ts';

/**
 * What a row asks for, as a request of whoever launched the import, under a key of its own. Before the launch nobody did: a dry run
 * shows what somebody could do who may do everything, and the launch looks whether its caller may.
 */
export function requestOf(
  { theImport, context }: Scene,
  row: StagedRow,
  request: Pick<Call, 'method' | 'path' | 'params' | 'body'>,
): Call {
  const { id, orgId, actor, requestedBy: ownerId, createdAtMs } = theImport;
  const asking = {
    ...{ id, orgId, createdAtMs, requestId: `${id}.${row.number}` },
    ...(actor ?? { ownerId, scopes: ALL_SCOPES }),
    idempotencyKey: `import:${id}:${row.number}`,
  };
  return requestAs(asking, request, context.stopping);
}
