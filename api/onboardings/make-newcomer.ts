import { addressClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import type { Attempt } from '../http/idempotency.ts';
import { Problem } from '../http/problem.ts';
import type { ChosenAddress } from '../naming/choose-address.ts';
import { addressServed } from '../people/address-served.ts';
import { anyServed } from '../people/create-accounts.ts';
import { assertAlone, insertOnce } from '../people/create-person.ts';
import { namePerson, releaseNewcomer } from '../people/name-person.ts';
import { accountIdOf, newPerson } from '../people/new-person.ts';
import { assertReadable, type CheckedOnboarding } from './check-onboarding.ts';
import { furtherAliases } from './template-aliases.ts';

/** Somebody who has not come yet, and how the names were found; of an earlier attempt only who it is. */
export interface Newcomer {
  readonly person: Person;
  /** Absent: the address was given. */
  readonly made?: ChosenAddress;
  readonly aliasesLeftOut?: readonly string[];
}

/** A case and its person have one number: whoever repeats a request finds both again. */
export const personIdOf = (caseId: string): string => caseId.replace(/^cas_/u, 'per_');

/**
 * Names first, then the person, without any account yet. Nothing is made on a target before the case is written, so an attempt
 * that died with its names alone is cleared away by the next.
 */
export async function makeNewcomer(
  context: ApiContext,
  checked: CheckedOnboarding,
  attempt: Attempt,
): Promise<Newcomer> {
  const { organisation } = checked;
  const id = personIdOf(attempt.subjectId);
  const known = await context.repositories.people.get(organisation.id, id);
  if (known !== undefined) return { person: stillComing(known) };
  if (attempt.earlierSinceMs !== undefined) {
    assertAlone(attempt, context.now());
    await releaseNewcomer(context, organisation.id, id);
  }
  try {
    return await nameNewcomer(context, checked, id);
  } catch (error) {
    if (error instanceof Problem) await releaseNewcomer(context, organisation.id, id);
    throw error;
  }
}

async function nameNewcomer(context: ApiContext, checked: CheckedOnboarding, id: string): Promise<Newcomer> {
  const { organisation, newcomer, request } = checked;
  const { id: orgId } = organisation;
  const accountId = accountIdOf(id);
  const named = await namePerson(context, organisation, newcomer, { id, accountId, repeated: false });
  const { address, made } = named;
  const further = await furtherAliases(context, checked, address, (alias) =>
    takeAlias(context, orgId, alias, { id, accountId, targets: newcomer.targets }),
  );
  const aliases = [...newcomer.aliases, ...further.aliases];
  assertReadable(request.credentials, [address, ...aliases]);
  const own = { id, address, createdAtMs: context.now(), protected: false, status: 'joining' } as const;
  const person = newPerson(orgId, { ...newcomer, aliases }, own);
  if (await anyServed(context, person)) throw new Problem('ADDRESS_TAKEN', { field: '/address' });
  return {
    person: await insertOnce(context, person),
    ...(made === undefined ? {} : { made }),
    aliasesLeftOut: further.leftOut,
  };
}

async function takeAlias(
  context: ApiContext,
  orgId: string,
  alias: string,
  of: { readonly id: string; readonly accountId: string; readonly targets: readonly string[] },
): Promise<boolean> {
  const { claims } = context.repositories;
  const claimId = addressClaimId(orgId, alias);
  const taken = await claims.take(claimId, orgId, of.id, context.now());
  if (taken.kind === 'held') return false;
  if (!(await addressServed(context, orgId, of.targets, alias, of.accountId))) return true;
  await claims.release(claimId, orgId, of.id);
  return false;
}

/** Whoever came to nothing in the meantime does not come by the same request. */
function stillComing(person: Person): Person {
  if (person.status !== 'joining') throw new Problem('ONBOARDING_GIVEN_UP');
  return person;
}
