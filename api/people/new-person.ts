import { domainOf } from '../../shared/domain/naming/address-limits.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { PersonCreation } from './person-fields.ts';

const GIVEN_OR_NOT = [
  'externalId',
  'managerId',
  'department',
  'timeZone',
  'country',
  'locale',
  'privateContact',
  'endsOn',
] as const satisfies readonly (keyof Person)[];
type GivenOrNot = (typeof GIVEN_OR_NOT)[number];

/** What is kept of somebody who was asked for. */
export type WantedPerson = Pick<
  PersonCreation,
  'firstName' | 'lastName' | 'aliases' | 'accountRole' | 'quotaBytes' | 'groups' | 'targets' | GivenOrNot
>;

/** The account of a person has the person's number: whoever repeats a creation finds it again. */
export const accountIdOf = (personId: string): string => personId.replace(/^per_/u, 'acc_');

/** Somebody who was not there before, with an account on each target that is made under this id. */
export function newPerson(
  orgId: string,
  wanted: WantedPerson,
  own: Pick<Person, 'id' | 'address' | 'createdAtMs' | 'status' | 'protected'>,
): Person {
  const { firstName, lastName, aliases, accountRole, quotaBytes, groups, targets } = wanted;
  const given: Partial<Pick<Person, GivenOrNot>> = Object.fromEntries(
    GIVEN_OR_NOT.flatMap((field) => (wanted[field] === undefined ? [] : [[field, wanted[field]]])),
  );
  return {
    ...{ firstName, lastName, aliases, accountRole, quotaBytes, groups, ...given },
    ...own,
    orgId,
    rev: 0,
    generation: 1,
    domain: domainOf(own.address),
    accounts: targets.map((target) => ({ target, accountId: accountIdOf(own.id) })),
  };
}
