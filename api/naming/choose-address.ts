import { addressClaimId } from '../../shared/domain/ids.ts';
import { roomBefore } from '../../shared/domain/naming/address-limits.ts';
import { candidatesOf, type Candidate } from '../../shared/domain/naming/candidates.ts';
import { missingName } from '../../shared/domain/naming/conventions.ts';
import { latinNames, type LatinNames, type Names } from '../../shared/domain/naming/latin-names.ts';
import type { GivenBy, PassedOverCode } from '../../shared/domain/naming/naming-words.ts';
import { namingDomainOf, namingOf, type Organisation } from '../../shared/domain/organisation.ts';
import type { Claim } from '../../shared/platform/persistence/claim-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem, type ProblemCode } from '../http/problem.ts';
import type { OnTaken } from './naming-fields.ts';

/** So many are told of; a thousandth Anna need not read them all. */
const MOST_TOLD = 20;
const MOST_AT_ONCE = 100;

export interface AddressWish extends Names {
  readonly locale?: string | undefined;
  readonly domain?: string | undefined;
  readonly onTaken: OnTaken;
  /** Those the person is to have beside it. */
  readonly aliases?: readonly string[];
  /** Who is to have it: what they hold already can be had. */
  readonly holderId?: string;
}

export interface Refusal {
  readonly code: PassedOverCode;
  /** Whose it is. */
  readonly holderId?: string;
}

export interface PassedOver {
  /** Absent: the rule gave none. */
  readonly address?: string;
  readonly by: GivenBy;
  readonly code: PassedOverCode;
}

export interface ChosenAddress {
  readonly address: string;
  readonly by: GivenBy;
  /** The first ones, in the order in which they were looked at. */
  readonly passedOver: readonly PassedOver[];
  readonly passedOverCount: number;
}

/** The names in Latin letters. Throws `NAME_LEAVES_NOTHING` where the convention needs one that has none. */
function namesForAddress(
  { transliteration }: Pick<ApiContext, 'transliteration'>,
  organisation: Organisation,
  wish: Names & Pick<AddressWish, 'locale'>,
): LatinNames {
  const names = latinNames(wish, wish.locale ?? organisation.locale, transliteration);
  const missing = missingName(names, namingOf(organisation).convention);
  if (missing !== undefined) throw new Problem('NAME_LEAVES_NOTHING', { field: `/${missing}Name` });
  return names;
}

/**
 * The first address of the organisation's rules that can be had. `take` has the last word on each that nobody has claimed: of
 * two who want the same one at once it lets one have it.
 */
export async function chooseAddress(
  context: ApiContext,
  organisation: Organisation,
  wish: AddressWish,
  take: (address: string) => Promise<Refusal | undefined>,
): Promise<ChosenAddress> {
  const names = namesForAddress(context, organisation, wish);
  const { id: orgId } = organisation;
  const domain = wish.domain ?? namingDomainOf(organisation);
  const candidates = candidatesOf(names, namingOf(organisation), roomBefore(domain));
  const claimIdOf = ({ localPart }: Candidate) => addressClaimId(orgId, `${localPart}@${domain}`);
  const tryOut = (address: string, claim: Claim | undefined) => {
    assertNoAlias(address, wish.aliases);
    return (claim?.holderId === wish.holderId ? undefined : refusalOf(claim, context.now())) ?? take(address);
  };
  const passedOver: PassedOver[] = [];
  let passedOverCount = 0;
  for (const batch of batchesOf(candidates)) {
    const wanted = batch.filter(({ refused }) => refused === undefined);
    const claims = await context.repositories.claims.getMany(wanted.map(claimIdOf), orgId);
    for (const candidate of batch) {
      const { localPart, by, refused } = candidate;
      const address = `${localPart}@${domain}`;
      const refusal =
        refused === undefined ? await tryOut(address, claims.get(claimIdOf(candidate))) : { code: refused };
      if (refusal === undefined) return { address, by, passedOver, passedOverCount };
      if (wish.onTaken === 'refuse') throw problemOf(refusal, address);
      passedOverCount += 1;
      if (passedOver.length < MOST_TOLD)
        passedOver.push({ ...(localPart === '' ? {} : { address }), by, code: refusal.code });
    }
  }
  throw new Problem('NO_ADDRESS_LEFT');
}

/** One, then ten, then a hundred at a time: most people get the first one. */
function* batchesOf(candidates: Iterable<Candidate>): Generator<readonly Candidate[], void, undefined> {
  let batch: Candidate[] = [];
  let size = 1;
  for (const candidate of candidates) {
    batch.push(candidate);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(size * 10, MOST_AT_ONCE);
  }
  if (batch.length > 0) yield batch;
}

function assertNoAlias(address: string, aliases: readonly string[] = []): void {
  const index = aliases.indexOf(address);
  if (index !== -1) throw new Problem('ALIAS_IS_ADDRESS', { field: `/aliases/${index}` });
}

function refusalOf(claim: Claim | undefined, nowMs: number): Refusal | undefined {
  if (claim === undefined) return undefined;
  const { state, untilMs, holderId } = claim;
  if (state === 'held') return { code: 'TAKEN', holderId };
  return untilMs !== undefined && untilMs <= nowMs ? undefined : { code: 'QUARANTINED', holderId };
}

const PROBLEMS: Readonly<Record<PassedOverCode, ProblemCode>> = {
  RESERVED: 'ADDRESS_RESERVED',
  TAKEN: 'ADDRESS_TAKEN',
  QUARANTINED: 'ADDRESS_QUARANTINED',
  SERVED: 'ADDRESS_TAKEN',
  NAME_MISSING: 'NO_ADDRESS_LEFT',
  SAME_AGAIN: 'NO_ADDRESS_LEFT',
};

function problemOf({ code, holderId }: Refusal, address: string): Problem {
  const members = { address, ...(holderId === undefined ? {} : { personId: holderId }) };
  return new Problem(PROBLEMS[code], { field: '/address', members });
}
