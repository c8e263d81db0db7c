import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import type { Attempt } from '../http/idempotency.ts';
import { directoryOf } from '../open-directories.ts';
import { servedToAnother } from './address-served.ts';

/**
 * Where an earlier attempt made the account, its password was shown to nobody: it is set to the one of this answer, unless
 * it is to be kept.
 */
export async function createAccounts(
  context: ApiContext,
  person: Person,
  { password, isKept }: { readonly password: string; readonly isKept: boolean },
  attempt: Attempt,
): Promise<'usable' | 'address_taken'> {
  const { orgId, firstName, lastName, address, aliases, quotaBytes, groups } = person;
  if (await anyServed(context, person)) return 'address_taken';
  for (const { target, accountId } of person.accounts) {
    const directory = directoryOf(context, target);
    const created = await directory.createAccount(orgId, {
      id: accountId,
      ...{ firstName, lastName, address, aliases, quotaBytes, groups },
      role: person.accountRole,
      password,
    });
    if (created.kind === 'refused') return 'address_taken';
    if (created.kind === 'already' && !isKept) {
      const call = { effectKey: `create:${attempt.updateId}`, asOfMs: context.now() };
      await directory.setPassword(orgId, accountId, password, call);
    }
  }
  return 'usable';
}

/** Asked of every target before the first account is made, so that none is left behind when a later one refuses. */
export async function anyServed(context: ApiContext, person: Person): Promise<boolean> {
  for (const one of [person.address, ...person.aliases])
    if ((await servedToAnother(context, person, one)) !== undefined) return true;
  return false;
}
