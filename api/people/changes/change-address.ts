import { organisationOf } from '../../organisation/organisation-of.ts';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import type { FieldValues } from '../../../shared/domain/people/open-change.ts';
import { MOST_ALIASES } from '../../../shared/domain/people/why-not.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { Problem } from '../../http/problem.ts';
import { chooseAddress, type ChosenAddress } from '../../naming/choose-address.ts';
import { servedToAnother } from '../address-served.ts';
import { assertAddress } from '../check-addresses.ts';
import type { WantedPersonChanges } from '../person-fields.ts';

export interface NewAddress {
  readonly fields: FieldValues;
  readonly organisation: Organisation;
  /** Where the names made it. */
  readonly made?: ChosenAddress;
}

/** The address a person is to have, given or made of the names. The old one becomes an alias: mail to it still arrives. */
export async function newAddressOf(
  context: ApiContext,
  person: Person,
  wanted: WantedPersonChanges,
): Promise<NewAddress> {
  const organisation = await organisationOf(context, person.orgId);
  if (wanted.address === undefined) {
    const made = await addressOfNames(context, organisation, person, wanted);
    return { fields: withOldAsAlias(person, made.address), organisation, made };
  }
  assertAddress(organisation, wanted.address);
  const target = await servedToAnother(context, person, wanted.address);
  if (target !== undefined) throw new Problem('ADDRESS_TAKEN', { field: '/address', members: { target } });
  return { fields: withOldAsAlias(person, wanted.address), organisation };
}

/** What the person has already counts as free, the address it has now included: names that give the same change nothing. */
function addressOfNames(
  context: ApiContext,
  organisation: Organisation,
  person: Person,
  wanted: WantedPersonChanges,
): Promise<ChosenAddress> {
  const { firstName = person.firstName, lastName = person.lastName, onTaken = 'next' } = wanted;
  const locale = wanted.locale === undefined ? person.locale : (wanted.locale ?? undefined);
  const wish = { firstName, lastName, locale, onTaken, domain: person.domain, holderId: person.id };
  return chooseAddress(context, organisation, wish, async (address) =>
    (await servedToAnother(context, person, address)) === undefined ? undefined : { code: 'SERVED' },
  );
}

function withOldAsAlias(person: Person, address: string): FieldValues {
  if (address === person.address) return {};
  const aliases = [...person.aliases.filter((alias) => alias !== address), person.address];
  if (aliases.length > MOST_ALIASES) throw new Problem('TOO_MANY_ALIASES');
  return { address, aliases };
}
