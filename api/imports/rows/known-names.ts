import { addressClaimId } from '../../../shared/domain/ids.ts';
import type { Claim } from '../../../shared/platform/persistence/claim-repository.ts';
import type { Repositories } from '../../../shared/platform/persistence/create-repositories.ts';
import type { Refusal } from '../../naming/choose-address.ts';
import { addressServed } from '../../people/address-served.ts';
import { accountIdOf } from '../../people/new-person.ts';
import { directoryOf } from '../../open-directories.ts';
import type { Draft } from './check-newcomers.ts';
import type { Scene } from './scene.ts';

/** What is known of addresses while rows are named: asked of the database once for many, and of the rows before. */
export interface KnownNames {
  /** Claims are answered from what is known; what is not known is asked for. */
  readonly repositories: Repositories;
  lookUp(drafts: readonly Draft[], addressesOf: (draft: Draft) => readonly string[]): Promise<void>;
  /** As far as is known. */
  isFree(draft: Draft, address: string): boolean;
  /** Keeps the address for the row, unless another has it. */
  choose(draft: Draft, address: string): Promise<Refusal | undefined>;
  noteTaken(address: string, holderId: string): void;
}

export function knownNames({ context, organisation: { id: orgId }, writer }: Scene): KnownNames {
  const claims = new Map<string, Claim | undefined>();
  /** By target and address: the account that has it. */
  const served = new Map<string, string | undefined>();
  const chosen = new Map<string, string>();
  const servedKey = (target: string, address: string): string => `${target} ${address}`;

  const getMany = async (claimIds: readonly string[]): Promise<ReadonlyMap<string, Claim>> => {
    const unknown = claimIds.filter((id) => !claims.has(id));
    const found = unknown.length === 0 ? new Map<string, Claim>() : await writer.readNames(unknown);
    for (const id of unknown) claims.set(id, found.get(id));
    return new Map(claimIds.flatMap((id) => entry(id, claims.get(id))));
  };

  async function isServed({ wanted, personId }: Draft, address: string): Promise<boolean> {
    const accountId = accountIdOf(personId);
    const known = wanted.targets.map((target) => servedKey(target, address));
    if (!known.every((key) => served.has(key)))
      return addressServed(context, orgId, wanted.targets, address, accountId);
    return known.some((key) => served.get(key) !== undefined && served.get(key) !== accountId);
  }

  return {
    repositories: { ...context.repositories, claims: { ...context.repositories.claims, getMany } },
    async lookUp(drafts, addressesOf) {
      const wanted = drafts.map((draft) => ({
        addresses: addressesOf(draft),
        targets: draft.wanted.targets,
      }));
      await getMany(wanted.flatMap(({ addresses }) => addresses.map((one) => addressClaimId(orgId, one))));
      for (const target of new Set(wanted.flatMap(({ targets }) => targets))) {
        const addresses = wanted.flatMap((one) => (one.targets.includes(target) ? one.addresses : []));
        const found = await directoryOf(context, target).addressesServed(orgId, [...new Set(addresses)]);
        for (const address of addresses) served.set(servedKey(target, address), found.get(address));
      }
    },
    isFree: ({ personId, wanted }, address) =>
      !chosen.has(address) &&
      claims.get(addressClaimId(orgId, address)) === undefined &&
      wanted.targets.every((target) => {
        const accountId = served.get(servedKey(target, address));
        return accountId === undefined || accountId === accountIdOf(personId);
      }),
    async choose(draft, address) {
      const holderId = chosen.get(address);
      if (holderId !== undefined && holderId !== draft.personId) return { code: 'TAKEN', holderId };
      if (await isServed(draft, address)) return { code: 'SERVED' };
      chosen.set(address, draft.personId);
      return undefined;
    },
    noteTaken(address, holderId) {
      chosen.delete(address);
      claims.set(addressClaimId(orgId, address), { holderId, state: 'held' });
    },
  };
}

function entry(id: string, claim: Claim | undefined): readonly (readonly [string, Claim])[] {
  return claim === undefined ? [] : [[id, claim]];
}
