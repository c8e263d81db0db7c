import { monthsAfter } from '../../../shared/domain/months-after.ts';
import { lostAddresses } from '../../../shared/domain/people/account-profile.ts';
import type { OpenChange } from '../../../shared/domain/people/open-change.ts';
import { addressClaimId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import {
  claimNames,
  releaseNames,
  wantedAddress,
  wantedExternalId,
  type WantedName,
} from '../claim-names.ts';

/** Claims the addresses and the external id that the person is to have. Throws where one of them is somebody else's. */
export async function claimNew(context: ApiContext, person: Person, change: OpenChange): Promise<void> {
  const { before, after } = change;
  const added = lostAddresses(person, after, before);
  await claimNames(context, person.orgId, person.id, [
    ...added.map((one) => wantedAddress(person.orgId, one, one === after['address'] ? '/address' : '/alias')),
    ...externalIdIn(person, after),
  ]);
}

/** Gives back what a change that came to nothing had claimed. What was in quarantine rests on. */
export async function releaseNew(context: ApiContext, person: Person, change: OpenChange): Promise<void> {
  const { orgId, id } = person;
  const { before, after, resting = [] } = change;
  for (const { address, untilMs } of resting)
    await context.repositories.claims.quarantine(addressClaimId(orgId, address), orgId, id, untilMs);
  // A quarantined name stays so.
  const added = lostAddresses(person, after, before).map((one) => wantedAddress(orgId, one, '/address'));
  await releaseNames(context, orgId, id, [...added, ...externalIdIn(person, after)]);
}

/** What the person no longer has: an external id is free, an address rests like a leaver's unless it was to be free. */
export async function releaseOld(context: ApiContext, person: Person, change: OpenChange): Promise<void> {
  const { orgId, id } = person;
  const { before, after, dropped, atMs } = change;
  await releaseNames(context, orgId, id, externalIdIn(person, before));
  const lost = lostAddresses(person, before, after);
  if (lost.length === 0) return;
  if (dropped === 'free') {
    await releaseNames(
      context,
      orgId,
      id,
      lost.map((one) => wantedAddress(orgId, one, '/alias')),
    );
    return;
  }
  const { quarantineMonths } = await organisationOf(context, orgId);
  const untilMs = monthsAfter(atMs, quarantineMonths);
  for (const address of lost)
    await context.repositories.claims.quarantine(addressClaimId(orgId, address), orgId, id, untilMs);
}

/** Those of the wanted addresses that were the person's before, and rest. */
export async function restingOf(
  context: ApiContext,
  { orgId, id }: Person,
  addresses: readonly string[],
): Promise<NonNullable<OpenChange['resting']>> {
  const idOf = (address: string) => addressClaimId(orgId, address);
  const claims = await context.repositories.claims.getMany(addresses.map(idOf), orgId);
  return addresses.flatMap((address) => {
    const claim = claims.get(idOf(address));
    return claim?.holderId === id && claim.state === 'quarantined' && claim.untilMs !== undefined
      ? [{ address, untilMs: claim.untilMs }]
      : [];
  });
}

function externalIdIn({ orgId }: Person, { externalId }: OpenChange['after']): readonly WantedName[] {
  return typeof externalId === 'string' ? [wantedExternalId(orgId, externalId)] : [];
}
