import { domainOf, localPartOf } from '../naming/address-limits.ts';
import { isReserved } from '../naming/reserved-names.ts';
import type { Person } from '../person.ts';

export type AliasRefusal = 'DOMAIN_UNKNOWN' | 'ALIAS_IS_ADDRESS' | 'ADDRESS_RESERVED';

/** Why somebody cannot have an alias, whoever has it now. An address that is not known yet is compared later. */
export function aliasRefusal(
  alias: string,
  { address, accountRole }: Pick<Person, 'accountRole'> & { readonly address?: string | undefined },
  domains: readonly string[],
): AliasRefusal | undefined {
  if (!domains.includes(domainOf(alias))) return 'DOMAIN_UNKNOWN';
  if (alias === address) return 'ALIAS_IS_ADDRESS';
  // Somebody has to read what is sent to postmaster@.
  return isReserved(localPartOf(alias)) && accountRole !== 'administrator' ? 'ADDRESS_RESERVED' : undefined;
}
