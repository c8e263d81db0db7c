import type { AccountView } from '../../directory/account-view.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';

/** The person's accounts as they stand now, on the targets that can be asked from here. */
export async function directoryAccounts(
  { directories }: Pick<ApiContext, 'directories'>,
  { orgId, accounts }: Pick<Person, 'orgId' | 'accounts'>,
): Promise<readonly AccountView[]> {
  const found: AccountView[] = [];
  for (const { target, accountId } of accounts) {
    const account = await directories[target]?.getAccount(orgId, accountId);
    if (account !== undefined) found.push(account);
  }
  return found;
}
