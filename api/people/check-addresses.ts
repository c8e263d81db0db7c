import { domainOf, localPartOf } from '../../shared/domain/naming/address-limits.ts';
import { isReserved } from '../../shared/domain/naming/reserved-names.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { Problem } from '../http/problem.ts';
import type { PersonCreation } from './person-fields.ts';

/** The addresses that are asked for by hand: in domains of the organisation, each once, no reserved ones. */
export function assertAddresses(organisation: Organisation, wanted: PersonCreation): void {
  const { address, aliases, accountRole } = wanted;
  assertDomain(organisation, wanted.domain, '/domain');
  if (address !== undefined) {
    assertDomain(organisation, domainOf(address), '/address');
    if (isReserved(localPartOf(address))) throw new Problem('ADDRESS_RESERVED', { field: '/address' });
  }
  for (const [index, alias] of aliases.entries()) {
    const field = `/aliases/${index}` as const;
    assertDomain(organisation, domainOf(alias), field);
    if (alias === address) throw new Problem('ALIAS_IS_ADDRESS', { field });
    if (aliases.indexOf(alias) !== index)
      throw new Problem('INVALID_REQUEST', { field, detail: 'An alias is named once.' });
    // Somebody has to read what is sent to postmaster@.
    if (isReserved(localPartOf(alias)) && accountRole !== 'administrator')
      throw new Problem('ADDRESS_RESERVED', { field });
  }
}

export function assertDomain(
  { domains }: Organisation,
  domain: string | undefined,
  field: '/domain' | '/address' | `/aliases/${number}`,
): void {
  if (domain !== undefined && !domains.includes(domain)) throw new Problem('DOMAIN_UNKNOWN', { field });
}
