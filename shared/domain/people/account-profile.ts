import type { AccountRole, Person } from '../person.ts';
import type { FieldValues, OpenChange } from './open-change.ts';

/** What the accounts of a person have of it: changed on every target. */
export type AccountProfile = Pick<
  Person,
  'firstName' | 'lastName' | 'address' | 'aliases' | 'quotaBytes' | 'accountRole'
>;

/** Where a change of an account leads; what is absent stays as it is. */
export interface ProfileStep {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly address?: string;
  readonly quotaBytes?: number;
  readonly role?: AccountRole;
  readonly addAliases: readonly string[];
  readonly removeAliases: readonly string[];
}

/** What a change does to the accounts, or what takes it back; `undefined`: it does not concern them. */
export function profileStep(
  person: AccountProfile,
  change: Pick<OpenChange, 'before' | 'after'>,
  direction: OpenChange['direction'],
): ProfileStep | undefined {
  const [from, to] = direction === 'forward' ? [change.before, change.after] : [change.after, change.before];
  const { firstName, lastName, address, quotaBytes, accountRole } = to as Partial<AccountProfile>;
  const added = addressesOf(person, to).aliases.filter(
    (alias) => !addressesOf(person, from).aliases.includes(alias),
  );
  const removed = lostAddresses(person, from, to);
  const step = {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(address === undefined ? {} : { address }),
    ...(quotaBytes === undefined ? {} : { quotaBytes }),
    ...(accountRole === undefined ? {} : { role: accountRole }),
  };
  if (Object.keys(step).length + added.length + removed.length === 0) return undefined;
  return { ...step, addAliases: added, removeAliases: removed };
}

/** Addresses that somebody has before and not after. */
export function lostAddresses(
  person: Pick<Person, 'address' | 'aliases'>,
  from: FieldValues,
  to: FieldValues,
): readonly string[] {
  const kept = allAddresses(person, to);
  return allAddresses(person, from).filter((address) => !kept.includes(address));
}

function allAddresses(person: Pick<Person, 'address' | 'aliases'>, values: FieldValues): readonly string[] {
  const { address, aliases } = addressesOf(person, values);
  return [address, ...aliases];
}

function addressesOf(
  person: Pick<Person, 'address' | 'aliases'>,
  values: FieldValues,
): Pick<Person, 'address' | 'aliases'> {
  const { address = person.address, aliases = person.aliases } = values as Partial<AccountProfile>;
  return { address, aliases };
}

/** An account as it is on a target. */
export interface FoundAccount {
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly quotaBytes: number;
  readonly role: AccountRole;
}

/** Whether an account is as a change wants it. */
export function isAsWanted(account: FoundAccount, step: ProfileStep): boolean {
  const { addAliases, removeAliases, ...fields } = step;
  const own = [account.address, ...account.aliases];
  return (
    Object.entries(fields).every(([field, value]) => account[field as keyof FoundAccount] === value) &&
    addAliases.every((alias) => account.aliases.includes(alias)) &&
    removeAliases.every((alias) => !own.includes(alias))
  );
}
