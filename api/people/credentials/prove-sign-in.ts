import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { Problem } from '../../http/problem.ts';
import { directoryOf } from '../../open-directories.ts';

/**
 * Tries a password on every account of a person, as a sign-in would. `closed`: it is the right one everywhere, but an account
 * is not open. Throws `CREDENTIALS_UNPROVEN` where it is not known.
 */
export async function proveSignIn(
  context: Pick<ApiContext, 'directories'>,
  { id, orgId, address, accounts }: Person,
  password: string,
): Promise<'open' | 'closed'> {
  let standing: 'open' | 'closed' = 'open';
  for (const { target } of accounts) {
    const tried = await directoryOf(context, target).trySecret(orgId, address, password, 'web');
    if (tried.kind === 'accepted') continue;
    if (tried.code === 'INVALID_CREDENTIALS')
      throw new Problem('CREDENTIALS_UNPROVEN', { members: { personId: id } });
    standing = 'closed';
  }
  return standing;
}
