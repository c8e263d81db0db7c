import type { StagedRow } from '../../../shared/domain/imports/import-row.ts';
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
  const who = actor ?? { ownerId, scopes: ALL_SCOPES };
  return {
    ...request,
    actor: {
      orgId,
      ownerId: who.ownerId,
      // Stands where a key would: nobody can sign in with it.
      key: { id, orgId, hash: '', prefix: '', ownerName: '', createdAtMs, ...who },
    },
    requestId: `${id}.${row.number}`,
    query: {},
    header: (name) => (name === 'idempotency-key' ? `import:${id}:${row.number}` : undefined),
    signal: context.stopping,
  };
}
