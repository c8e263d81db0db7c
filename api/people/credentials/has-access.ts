import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { directoryOf } from '../../open-directories.ts';

/** Whether somebody got in since then: by a link, or by a sign-in on any account. */
export async function hasAccessSince(context: ApiContext, person: Person, sinceMs: number): Promise<boolean> {
  const { orgId, id, accounts } = person;
  if (await context.repositories.setupLinks.usedAfter(orgId, id, sinceMs)) return true;
  for (const { target, accountId } of accounts) {
    const account = await directoryOf(context, target).getAccount(orgId, accountId);
    if (account?.lastLoginAtMs !== undefined && account.lastLoginAtMs > sinceMs) return true;
  }
  return false;
}
