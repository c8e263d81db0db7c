import type { Person } from '../../shared/domain/person.ts';
import type { Ports } from './step-definition.ts';

/** Whether somebody can be written to: an account that is not disabled, on whichever target. */
export async function hasActiveAccount(
  { connectors }: Pick<Ports, 'connectors'>,
  { orgId, accounts }: Pick<Person, 'orgId' | 'accounts'>,
): Promise<boolean> {
  for (const ref of accounts) {
    const account = await connectors[ref.target]?.(orgId).read(ref);
    if (account?.status === 'active') return true;
  }
  return false;
}
