import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { SealedSecret, SecretRepository } from '../../shared/platform/persistence/secret-repository.ts';
import type { SecretVault } from '../ports/secret-vault.ts';

/** A stored secret does not open: another key sealed it, or somebody changed it. Says nothing of the secret. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const keyVersion = 1;

/**
 * Seals secrets with AES-256-GCM, each under its own nonce and bound to its organisation and name, so that a sealed secret
 * put in another's place does not open. Secrets are written once: of many callers at once all get the same one.
 */
export function createSealedVault(repository: SecretRepository, key: Uint8Array): SecretVault {
  if (key.byteLength !== keyBytes) throw new RangeError('the key of the vault must have 32 bytes');
  const secretKey = createSecretKey(key);

  function seal(orgId: string, name: string, secret: string): SealedSecret {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, secretKey, nonce, { authTagLength: tagBytes });
    cipher.setAAD(boundTo(orgId, name));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return {
      id: idOf(orgId, name),
      orgId,
      sealed: sealed.toString('base64'),
      nonce: nonce.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
      keyVersion,
    };
  }

  function unseal(orgId: string, name: string, stored: SealedSecret): string {
    try {
      const nonce = Buffer.from(stored.nonce, 'base64');
      const decipher = createDecipheriv(algorithm, secretKey, nonce, { authTagLength: tagBytes });
      decipher.setAAD(boundTo(orgId, name));
      decipher.setAuthTag(Buffer.from(stored.tag, 'base64'));
      const opened = Buffer.concat([decipher.update(Buffer.from(stored.sealed, 'base64')), decipher.final()]);
      return opened.toString('utf8');
    } catch (error) {
      throw new SecretUnreadable('a stored secret does not open with this key', { cause: error });
    }
  }

  async function read(orgId: string, name: string): Promise<string | undefined> {
    const stored = await repository.get(orgId, idOf(orgId, name));
    return stored === undefined ? undefined : unseal(orgId, name, stored);
  }

  return {
    read,
    async getOrCreate(orgId, name) {
      const existing = await read(orgId, name);
      if (existing !== undefined) return existing;
      const secret = randomBytes(32).toString('base64url');
      if ((await repository.insert(seal(orgId, name, secret))) === 'inserted') return secret;
      const first = await read(orgId, name);
      if (first === undefined) throw new SecretUnreadable('a secret was destroyed while it was made');
      return first;
    },
    destroy: async (orgId, name) => {
      await repository.remove(orgId, idOf(orgId, name));
    },
  };
}

function idOf(orgId: string, name: string): string {
  return `secret:${orgId}:${name}`;
}

/** What a stored secret was called. */
export function nameOf({ id, orgId }: Pick<SealedSecret, 'id' | 'orgId'>): string {
  return id.slice(idOf(orgId, '').length);
}

function boundTo(orgId: string, name: string): Buffer {
  return Buffer.from(JSON.stringify([keyVersion, orgId, name]), 'utf8');
}
