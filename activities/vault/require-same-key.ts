import { StartError } from '../../shared/errors/start/start-error.ts';
import type { SecretRepository } from '../../shared/platform/persistence/secret-repository.ts';
import type { SecretVault } from '../ports/secret-vault.ts';
import { nameOf, SecretUnreadable } from './sealed-vault.ts';

/**
 * Tries the key on one of the stored secrets: with another key every proof of a lockout would fail much later, one by one.
 * Throws a StartError.
 */
export async function requireSameKey(
  vault: SecretVault,
  secrets: SecretRepository,
  orgId: string,
): Promise<void> {
  const sample = await secrets.any(orgId);
  if (sample === undefined) return;
  try {
    await vault.read(orgId, nameOf(sample));
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    throw StartError.of('SECRET_KEY_CHANGED', {}, { cause: error });
  }
}
