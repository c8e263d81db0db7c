import { domainOf, localPartOf } from '../../shared/domain/naming/address-limits.ts';
import { isReserved } from '../../shared/domain/naming/reserved-names.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { aliasRefusal } from '../../shared/domain/people/alias-refusal.ts';
import { Problem } from '../http/problem.ts';
import type { PersonCreation } from './person-fields.ts';

type WantedAddresses = Pick<PersonCreation, 'address' | 'domain' | 'aliases' | 'accountRole'>;

/** The addresses that are asked for by hand: in domains of the organisation, each once, no reserved ones. */
export function assertAddresses(organisation: Organisation, wanted: WantedAddresses): void {
  const { address, aliases, accountRole } = wanted;
  assertDomain(organisation, wanted.domain, '/domain');
  if (address !== undefined) assertAddress(organisation, address);
  for (const [index, alias] of aliases.entries()) {
    const field = `/aliases/${index}` as const;
    const refused = aliasRefusal(alias, { address, accountRole }, organisation.domains);
    if (refused !== undefined) throw new Problem(refused, { field });
    if (aliases.indexOf(alias) !== index)
      throw new Problem('INVALID_REQUEST', { field, detail: 'An alias is named once.' });
  }
}

/** An address that somebody is to have: in a domain of the organisation, and no reserved one. */
export function assertAddress(organisation: Organisation, address: string): void {
  assertDomain(organisation, domainOf(address), '/address');
  if (isReserved(localPartOf(address))) throw new Problem('ADDRESS_RESERVED', { field: '/address' });
}

export function assertDomain(
  { domains }: Organisation,
  domain: string | undefined,
  field: '/domain' | '/address',
): void {
  if (domain !== undefined && !domains.includes(domain)) throw new Problem('DOMAIN_UNKNOWN', { field });
}
