import type { Connection } from 'mongoose';
import { openCollection, type StoredDocument } from './collection.ts';
import { translatingErrors } from './store-unavailable.ts';

/** A secret as stored: nothing of it can be read without the key, which is not in the database. Base64. */
export interface SealedSecret {
  readonly id: string;
  readonly orgId: string;
  readonly sealed: string;
  readonly nonce: string;
  readonly tag: string;
  readonly keyVersion: number;
}

/** Sealed secrets, insert-only. Throws `StoreUnavailable` when the database does not answer. */
export interface SecretRepository {
  get(orgId: string, id: string): Promise<SealedSecret | undefined>;
  /** One of them, whichever. */
  any(orgId: string): Promise<SealedSecret | undefined>;
  /** `exists` when the id is taken; the stored secret is left alone. */
  insert(secret: SealedSecret): Promise<'inserted' | 'exists'>;
  /** Whether there was one. */
  remove(orgId: string, id: string): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

type SecretDocument = StoredDocument & Omit<SealedSecret, 'id' | 'orgId'>;

export function createSecretRepository(connection: Connection): SecretRepository {
  const collection = openCollection<SecretDocument>(connection, {
    name: 'secrets',
    fields: { sealed: 'string', nonce: 'string', tag: 'string', keyVersion: 'number' },
    indexes: [{ orgId: 1, keyVersion: 1 }],
  });
  const restore = ({ _id, orgId, sealed, nonce, tag, keyVersion }: SecretDocument): SealedSecret => {
    return { id: _id, orgId, sealed, nonce, tag, keyVersion };
  };
  return translatingErrors<SecretRepository>({
    async get(orgId, id) {
      const found = await collection.findOne({ _id: id, orgId });
      return found && restore(found);
    },
    async any(orgId) {
      const found = await collection.findOne({ orgId });
      return found && restore(found);
    },
    insert: ({ id, ...secret }) => collection.insert({ _id: id, ...secret }),
    remove: (orgId, id) => collection.deleteOne({ _id: id, orgId }),
    ensureIndexes: () => collection.ensureIndexes(),
  });
}
