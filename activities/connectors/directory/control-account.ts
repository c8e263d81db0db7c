import type { Directory } from '../../../directory/directory.ts';
import type { SecretVault } from '../../ports/secret-vault.ts';

/** A name that never resolves (RFC 2606): nobody can own the address. */
const controlAddress = 'control-account@gangway.invalid';
const controlQuotaBytes = 0;

export function controlAccountId(orgId: string): string {
  return `acc_control-${orgId}`;
}

/**
 * The organisation's control account, made when it is missing: a service account nobody lists, receives no mail, and whose
 * secret only the vault knows. A control account that somebody disabled stays disabled, so that the proof says so.
 */
export async function ensureControlAccount(options: {
  readonly orgId: string;
  /** The directory's id as a target: each has a control account of its own. */
  readonly target: string;
  readonly writes: Directory;
  readonly reads: Directory;
  readonly vault: SecretVault;
}): Promise<{ readonly address: string; readonly secret: string }> {
  const { orgId, target, writes, reads, vault } = options;
  const id = controlAccountId(orgId);
  const secret = await vault.getOrCreate(orgId, `control:${target}`);
  if ((await reads.getAccount(orgId, id)) === undefined) {
    await writes.createAccount(orgId, {
      id,
      firstName: 'Control',
      lastName: 'Account',
      address: controlAddress,
      quotaBytes: controlQuotaBytes,
      password: secret,
      service: true,
    });
  }
  return { address: controlAddress, secret };
}
