import type { Connection } from 'mongoose';
import { above, atMost, openCollection, type Collection, type StoredDocument } from './collection.ts';

/** A key as stored: never the key itself. Its owner is the actor of whatever is done with it. */
export interface ApiKey {
  readonly id: string;
  readonly orgId: string;
  /** sha256 (hex) of the whole key. */
  readonly hash: string;
  /** The part of the key that may be shown, e.g. `gw_k3v9q2x1`. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly ownerId: string;
  readonly ownerName: string;
  /** The person of the organisation who the owner is, where that is known. */
  readonly personId?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly lastUsedAtMs?: number;
  readonly revokedAtMs?: number;
}

/** Each of the two has an index that also yields the order. */
interface ApiKeyListFilter {
  readonly ownerId?: string;
  readonly personId?: string;
  /** The id of the last key of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export interface ApiKeyRepository {
  insert(key: ApiKey): Promise<'inserted' | 'exists'>;
  /** Whatever its state: the caller decides on revoked and expired keys. The one look-up that knows no organisation yet. */
  findByHash(hash: string): Promise<ApiKey | undefined>;
  /** In the order of creation, revoked ones included. */
  list(orgId: string, filter: ApiKeyListFilter): Promise<readonly ApiKey[]>;
  /** The first revocation stands; `undefined` when there is no such key. */
  revoke(orgId: string, id: string, atMs: number): Promise<ApiKey | undefined>;
  /** Written at most once a minute and key. */
  touchLastUse(key: ApiKey, atMs: number): Promise<void>;
  ensureIndexes(): Promise<void>;
}

/** Found by its hash, so the hash is the `_id`: unique, and no second index to keep in step. */
export type ApiKeyDocument = StoredDocument &
  Omit<ApiKey, 'id' | 'hash' | 'lastUsedAtMs' | 'revokedAtMs'> & {
    readonly keyId: string;
    /** 0: never. */
    readonly lastUsedAtMs: number;
    readonly revokedAtMs: number;
  };

const MINUTE_MS = 60_000;
const idOf = (hash: string): string => `key:${hash}`;

function restore(document: ApiKeyDocument): ApiKey {
  const { _id, keyId, lastUsedAtMs, revokedAtMs, ...fields } = document;
  return {
    ...fields,
    id: keyId,
    hash: _id.slice('key:'.length),
    ...(lastUsedAtMs === 0 ? {} : { lastUsedAtMs }),
    ...(revokedAtMs === 0 ? {} : { revokedAtMs }),
  };
}

export function createApiKeyRepository(connection: Connection): ApiKeyRepository {
  const collection = openApiKeys(connection);
  return {
    insert(key) {
      const { id, hash, ...fields } = key;
      return collection.insert({ lastUsedAtMs: 0, revokedAtMs: 0, ...fields, _id: idOf(hash), keyId: id });
    },
    async findByHash(hash) {
      const found = await collection.findOne({ _id: idOf(hash) });
      return found && restore(found);
    },
    async list(orgId, { after, limit, ...equal }) {
      const range = after === undefined ? {} : { keyId: above(after) };
      const found = await collection.find({ orgId, ...equal, ...range }, { keyId: 1 }, limit);
      return found.map(restore);
    },
    async revoke(orgId, id, atMs) {
      await collection.changeOne({ orgId, keyId: id, revokedAtMs: 0 }, { set: { revokedAtMs: atMs } });
      const found = await collection.findOne({ orgId, keyId: id });
      return found && restore(found);
    },
    async touchLastUse(key, atMs) {
      if (key.lastUsedAtMs !== undefined && atMs - key.lastUsedAtMs < MINUTE_MS) return;
      await collection.changeOne(
        { _id: idOf(key.hash), orgId: key.orgId, lastUsedAtMs: atMost(atMs - MINUTE_MS) },
        { set: { lastUsedAtMs: atMs } },
      );
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

export function openApiKeys(connection: Connection): Collection<ApiKeyDocument> {
  return openCollection<ApiKeyDocument>(connection, {
    name: 'apiKeys',
    fields: {
      keyId: 'string',
      prefix: 'string',
      scopes: 'strings',
      ownerId: 'string',
      ownerName: 'string',
      personId: 'string?',
      createdAtMs: 'number',
      expiresAtMs: 'number?',
      lastUsedAtMs: 'number',
      revokedAtMs: 'number',
    },
    indexes: [
      { orgId: 1, keyId: 1 },
      { orgId: 1, ownerId: 1, keyId: 1 },
      { orgId: 1, personId: 1, keyId: 1 },
    ],
  });
}
