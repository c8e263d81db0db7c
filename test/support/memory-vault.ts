import { randomBytes } from 'node:crypto';
import type { SecretVault } from '../../activities/ports/secret-vault.ts';

/** A vault that forgets with its process. */
export function createMemoryVault(): SecretVault {
  const secrets = new Map<string, string>();
  return {
    getOrCreate: (orgId, key) => {
      const id = `${orgId}:${key}`;
      const secret = secrets.get(id) ?? randomBytes(32).toString('base64url');
      secrets.set(id, secret);
      return Promise.resolve(secret);
    },
    read: (orgId, key) => Promise.resolve(secrets.get(`${orgId}:${key}`)),
    destroy: (orgId, key) => {
      secrets.delete(`${orgId}:${key}`);
      return Promise.resolve();
    },
  };
}
