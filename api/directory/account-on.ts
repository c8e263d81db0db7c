import type { Directory } from '../../directory/directory.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { directoryOf } from '../open-directories.ts';
import { personOr404 } from '../people/person-or-404.ts';

export interface AccountOnTarget {
  readonly directory: Directory;
  readonly target: string;
  readonly orgId: string;
  readonly accountId: string;
}

/**
 * The account, on one of the built-in directories, of the person in the address; on the first directory where none is named.
 * Throws `TARGET_UNKNOWN`, `PERSON_NOT_FOUND` or `ACCOUNT_NOT_FOUND`.
 */
export async function accountOn(
  context: ApiContext,
  call: Call,
  wanted = FIRST_TARGET,
  field = '/target',
): Promise<AccountOnTarget> {
  const { orgId } = call.actor;
  const directory = directoryOf(context, wanted, field);
  const person = await personOr404(context, orgId, paramOf(call, 'personId'));
  const ref = person.accounts.find(({ target }) => target === wanted);
  if (ref === undefined) throw new Problem('ACCOUNT_NOT_FOUND');
  return { directory, target: wanted, orgId, accountId: ref.accountId };
}
