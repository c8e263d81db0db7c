import { addressClaimId, addressOfClaim } from '../../shared/domain/ids.ts';
import { namingDomainOf, type Organisation } from '../../shared/domain/organisation.ts';
import type { ApiContext } from '../api-context.ts';
import { chooseAddress, type ChosenAddress, type Refusal } from '../naming/choose-address.ts';
import { inLine } from '../naming/in-line.ts';
import { addressServed } from './address-served.ts';
import { claimNames, wantedAddress, wantedExternalId, type WantedName } from './claim-names.ts';
import type { PersonCreation } from './person-fields.ts';

/** What names are claimed from. */
export type WantedNames = Pick<
  PersonCreation,
  | 'firstName'
  | 'lastName'
  | 'address'
  | 'domain'
  | 'onTaken'
  | 'aliases'
  | 'externalId'
  | 'locale'
  | 'targets'
>;

/** More than a person can have: an address, fifty aliases, an external id. */
const MOST_CLAIMS = 100;

/** Whose names are claimed. */
export interface Newcomer {
  readonly id: string;
  readonly accountId: string;
  /** An earlier attempt of the same request may have claimed some already. */
  readonly repeated: boolean;
}

/**
 * Claims everything that belongs to one person alone, the address made of the names where none is given. Whoever is refused
 * holds nothing afterwards.
 */
export async function namePerson(
  context: ApiContext,
  organisation: Organisation,
  wanted: WantedNames,
  newcomer: Newcomer,
): Promise<Pick<ChosenAddress, 'address'> & { readonly made?: ChosenAddress }> {
  const { address } = wanted;
  await claimNames(context, organisation.id, newcomer.id, givenNames(organisation.id, wanted));
  if (address !== undefined) return { address };
  const made =
    (newcomer.repeated ? await madeEarlier(context, organisation, wanted, newcomer) : undefined) ??
    (await makeAddress(context, organisation, wanted, newcomer));
  return { address: made.address, made };
}

/** What is asked for by name. */
export function givenNames(
  orgId: string,
  { address, aliases, externalId }: WantedNames,
): readonly WantedName[] {
  return [
    ...(address === undefined ? [] : [wantedAddress(orgId, address, '/address')]),
    ...aliases.map((alias, index) => wantedAddress(orgId, alias, `/aliases/${index}`)),
    ...(externalId === undefined ? [] : [wantedExternalId(orgId, externalId)]),
  ];
}

/** Gives back whatever an attempt claimed that came to nothing; a person who was made keeps everything. */
export async function releaseNewcomer(context: ApiContext, orgId: string, id: string): Promise<void> {
  if ((await context.repositories.people.get(orgId, id)) === undefined) await releaseHeld(context, orgId, id);
}

/** Every name of a person, whoever that is or was. */
export async function releaseHeld(context: ApiContext, orgId: string, id: string): Promise<void> {
  const { claims } = context.repositories;
  for (const claimId of await claims.listOf(id, orgId, MOST_CLAIMS)) await claims.release(claimId, orgId, id);
}

async function makeAddress(
  context: ApiContext,
  organisation: Organisation,
  wanted: WantedNames,
  newcomer: Newcomer,
): Promise<ChosenAddress> {
  const { id: orgId } = organisation;
  const { firstName, lastName, locale, aliases, onTaken = 'next', targets } = wanted;
  const take = async (address: string): Promise<Refusal | undefined> => {
    const claimId = addressClaimId(orgId, address);
    const { claims } = context.repositories;
    const taken = await claims.take(claimId, orgId, newcomer.id, context.now());
    if (taken.kind === 'held') return { code: 'TAKEN', holderId: taken.holderId };
    if (!(await addressServed(context, orgId, targets, address, newcomer.accountId))) return undefined;
    await claims.release(claimId, orgId, newcomer.id);
    return { code: 'SERVED' };
  };
  const domain = wanted.domain ?? namingDomainOf(organisation);
  const wish = { firstName, lastName, locale, domain, aliases, onTaken };
  return inLine(`${orgId} ${domain} ${firstName} ${lastName}`, () =>
    chooseAddress(context, organisation, wish, take),
  );
}

/** An earlier attempt may have died with an account under this address: it stays, whatever became free since. */
async function madeEarlier(
  context: ApiContext,
  { id: orgId }: Organisation,
  { aliases, targets }: WantedNames,
  { id, accountId }: Newcomer,
): Promise<ChosenAddress | undefined> {
  const { claims } = context.repositories;
  const held = await claims.listOf(id, orgId, MOST_CLAIMS);
  const addresses = held.flatMap((claimId) => addressOfClaim(orgId, claimId) ?? []);
  for (const address of addresses.filter((one) => !aliases.includes(one))) {
    if (!(await addressServed(context, orgId, targets, address, accountId)))
      return { address, by: 'earlier_attempt', passedOver: [], passedOverCount: 0 };
    await claims.release(addressClaimId(orgId, address), orgId, id);
  }
  return undefined;
}
