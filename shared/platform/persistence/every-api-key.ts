import type { ApiKey, ApiKeyRepository } from './api-key-repository.ts';

const PAGE = 200;

/** Every key of an organisation, revoked and expired ones included. An organisation has few. */
export async function everyApiKey(
  apiKeys: Pick<ApiKeyRepository, 'list'>,
  orgId: string,
): Promise<readonly ApiKey[]> {
  const all: ApiKey[] = [];
  for (let after: string | undefined; ;) {
    const page = await apiKeys.list(orgId, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...page);
    after = page.at(-1)?.id;
    if (after === undefined || page.length < PAGE) return all;
  }
}

/** Neither revoked nor expired. */
export function isUsableKey(key: ApiKey, nowMs: number): boolean {
  return key.revokedAtMs === undefined && (key.expiresAtMs === undefined || key.expiresAtMs > nowMs);
}

/** The keys that are known to be a person's, and all others of the same owner: two keys of one owner are one person. */
export function keysOfPerson(keys: readonly ApiKey[], personId: string): readonly ApiKey[] {
  const owners = new Set(keys.filter((key) => key.personId === personId).map((key) => key.ownerId));
  return keys.filter((key) => owners.has(key.ownerId));
}
