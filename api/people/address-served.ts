import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { directoryOf } from '../open-directories.ts';

/** Whether an account on one of the targets has the address; `accountId`: the one that may. */
export async function addressServed(
  context: ApiContext,
  orgId: string,
  targets: readonly string[],
  address: string,
  accountId?: string,
): Promise<boolean> {
  for (const target of targets) {
    const found = await directoryOf(context, target).findByAddress(orgId, address);
    if (found !== undefined && found.id !== accountId) return true;
  }
  return false;
}

/** The first target of a person on which somebody else's account has the address. */
export async function servedToAnother(
  context: ApiContext,
  { orgId, accounts }: Pick<Person, 'orgId' | 'accounts'>,
  address: string,
): Promise<string | undefined> {
  for (const { target, accountId } of accounts)
    if (await addressServed(context, orgId, [target], address, accountId)) return target;
  return undefined;
}
