import { DIRECTORY_PROTOCOLS } from '../../../directory/account.ts';
import type { DirectoryProtocol } from '../../../directory/account.ts';
import type { Directory } from '../../../directory/directory.ts';
import { DirectoryUnavailable } from '../../../directory/directory-errors.ts';
import type { SecretVault } from '../../ports/secret-vault.ts';
import type { SignInProbe, TargetConnector } from '../../ports/target-connector.ts';
import { availably } from './availably.ts';
import { ensureControlAccount } from './control-account.ts';

/** A short message. */
const PROBED_MESSAGE_BYTES = 1_024;

interface ProbeOptions {
  readonly orgId: string;
  readonly target: string;
  readonly writes: Directory;
  readonly reads: Directory;
  readonly vault: SecretVault;
}

/**
 * Tries secrets on every protocol without opening a session, so that a probe leaves nothing behind. A protocol that does
 * not answer is `unavailable`: it proves nothing. An account that is gone is `refused_credentials`, as its address would be.
 */
export function createProbes(
  options: ProbeOptions,
): Pick<TargetConnector, 'probeSignIn' | 'probeControl' | 'probeDelivery'> {
  const { orgId, reads } = options;
  const probeAll = async (address: string, secret: string) => {
    const probes: SignInProbe[] = [];
    for (const protocol of DIRECTORY_PROTOCOLS) {
      probes.push({ protocol, result: await probe(reads, orgId, address, secret, protocol) });
    }
    return probes;
  };
  return {
    probeSignIn: ({ accountId }, secret) =>
      availably(async () => {
        const account = await reads.getAccount(orgId, accountId);
        if (account !== undefined) return probeAll(account.address, secret);
        return DIRECTORY_PROTOCOLS.map((protocol) => ({ protocol, result: 'refused_credentials' as const }));
      }),
    probeControl: () =>
      availably(async () => {
        const { address, secret } = await ensureControlAccount(options);
        return probeAll(address, secret);
      }),
    probeDelivery: ({ accountId }) =>
      availably(async () =>
        (await reads.takesMail(orgId, accountId, PROBED_MESSAGE_BYTES)) ? 'taken' : 'refused',
      ),
  };
}

const REFUSED = {
  ACCOUNT_DISABLED: 'refused_disabled',
  PROTOCOL_OFF: 'refused_protocol',
  INVALID_CREDENTIALS: 'refused_credentials',
} as const;

async function probe(
  reads: Directory,
  orgId: string,
  address: string,
  secret: string,
  protocol: DirectoryProtocol,
): Promise<SignInProbe['result']> {
  try {
    const answer = await reads.trySecret(orgId, address, secret, protocol);
    if (answer.kind === 'accepted') return 'accepted';
    return REFUSED[answer.code];
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return 'unavailable';
    throw error;
  }
}
