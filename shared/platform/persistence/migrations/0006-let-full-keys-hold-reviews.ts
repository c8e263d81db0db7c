import { ITSELF } from '../../../domain/ids.ts';
import { openApiKeys, type ApiKeyDocument } from '../api-key-repository.ts';
import { auditId, createAuditRepository } from '../audit-repository.ts';
import type { Database } from '../connect.ts';
import { changeEach } from './change-each.ts';
import type { Migration } from './migration.ts';

/** Every area there was before there were reviews. */
const EVERYTHING = [
  'cases:*',
  'people:*',
  'departures:*',
  'approvals:*',
  'organisation:*',
  'archives:*',
  'directory:*',
];
const ADDED = 'reviews:*';

/**
 * Nobody hands on more than they have, so a scope that nobody has could never be given to anybody. A key that might do
 * everything may do everything again; every other key stays as it is.
 */
export const letFullKeysHoldReviews: Migration = {
  id: '0006-let-full-keys-hold-reviews',
  description: 'An API key with every scope there was may hold reviews too, and hand that on.',
  changePage(database, after, nowMs) {
    return changeEach(openApiKeys(database.connection), after, (key) => widen(database, key, nowMs));
  },
};

async function widen({ connection }: Database, key: ApiKeyDocument, nowMs: number): Promise<boolean> {
  const { _id, orgId, keyId, scopes, revokedAtMs } = key;
  const isFull = EVERYTHING.every((scope) => scopes.includes(scope));
  if (!isFull || revokedAtMs !== 0 || scopes.includes(ADDED)) return false;
  await createAuditRepository(connection).append({
    id: auditId(orgId, 'apiKey.widened', `${keyId}:${ADDED}`),
    ...{ orgId, actorId: ITSELF, action: 'apiKey.widened', atMs: nowMs },
    detail: { keyId, scopes: [ADDED] },
  });
  await openApiKeys(connection).changeOne({ _id, orgId }, { set: { scopes: [...scopes, ADDED] } });
  return true;
}
