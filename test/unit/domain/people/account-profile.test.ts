import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isAsWanted,
  lostAddresses,
  profileStep,
  type AccountProfile,
  type FoundAccount,
  type ProfileStep,
} from '../../../../shared/domain/people/account-profile.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const someone: fc.Arbitrary<AccountProfile> = fc.record({
  firstName: name,
  lastName: name,
  address: fc.constantFrom('v', 'w', 'x'),
  aliases: fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's'), { maxLength: 4 }),
  quotaBytes: fc.integer({ min: 1, max: 5 }),
  accountRole: fc.constantFrom('user', 'administrator'),
});
/** Address and aliases of two states may change places, but are never one within a state. */
const two = fc.tuple(someone, someone).map(([before, after]) => {
  const aliases = after.address === before.address ? after.aliases : [...after.aliases, before.address];
  return [before, { ...after, aliases }] as const;
});

function valuesOf(profile: AccountProfile) {
  return { ...profile };
}

function accountOf(
  { accountRole: role, ...rest }: AccountProfile,
  drifted: readonly string[] = [],
): FoundAccount {
  return { ...rest, role, aliases: [...rest.aliases, ...drifted] };
}

/** As a target carries it out. */
function carriedOut(
  account: FoundAccount,
  { addAliases, removeAliases, ...fields }: ProfileStep,
): FoundAccount {
  const changed = { ...account, ...fields };
  const aliases = [...new Set([...account.aliases, ...addAliases])];
  return {
    ...changed,
    aliases: aliases.filter((one) => one !== changed.address && !removeAliases.includes(one)),
  };
}

const bySort = (account: FoundAccount) => ({ ...account, aliases: account.aliases.toSorted() });

test('a change leads an account from what it was to what is wanted, and what takes it back leads it home', () => {
  fc.assert(
    fc.property(two, ([from, to]) => {
      const change = { before: valuesOf(from), after: valuesOf(to) };
      const forward = profileStep(from, change, 'forward')!;
      const after = carriedOut(accountOf(from, ['drift']), forward);
      expect(bySort(after)).toEqual(bySort(accountOf(to, ['drift'])));
      expect(isAsWanted(after, forward)).toBe(true);
      const back = profileStep(from, change, 'back')!;
      const home = carriedOut(after, back);
      expect(bySort(home)).toEqual(bySort(accountOf(from, ['drift'])));
      expect(isAsWanted(home, back)).toBe(true);
    }),
  );
});

test('an account that was not changed is not as a change wants it', () => {
  fc.assert(
    fc.property(two, ([from, to]) => {
      const change = { before: valuesOf(from), after: valuesOf(to) };
      const step = profileStep(from, change, 'forward')!;
      const isSo = JSON.stringify(bySort(accountOf(from))) === JSON.stringify(bySort(accountOf(to)));
      expect(isAsWanted(accountOf(from), step)).toBe(isSo);
    }),
  );
});

test('what is no matter of the account is no matter of a target', () => {
  const person = { ...fc.sample(someone, 1)[0]! };
  const change = { before: { department: null }, after: { department: 'Dock' } };
  expect(profileStep(person, change, 'forward')).toBeUndefined();
});

test('an alias that becomes the address is not lost, and neither is the address that becomes an alias', () => {
  const person = { address: 'new', aliases: ['old'] };
  const before = { address: 'new', aliases: ['old'] };
  const after = { address: 'old', aliases: ['new'] };
  expect(lostAddresses(person, before, after)).toEqual([]);
  expect(lostAddresses(person, before, { aliases: [] })).toEqual(['old']);
});
