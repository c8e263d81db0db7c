import { describe, expect, test } from '@jest/globals';
import {
  MOST_ALIASES,
  PERSON_CHANGES,
  whyNot,
  type ChangeFacts,
  type PersonChange,
} from '../../../../shared/domain/people/why-not.ts';

const person: ChangeFacts['person'] = {
  status: 'active',
  accounts: [{ target: 'directory', accountId: 'acc_1' }],
  accountRole: 'user',
  aliases: ['one@harbour.example'],
};
const facts = (of: Partial<ChangeFacts['person']> = {}, more: Partial<ChangeFacts> = {}): ChangeFacts => ({
  ...{ person: { ...person, ...of }, hasOpenCase: false, isSelf: false, hasOtherAdministrator: true },
  ...more,
});
const administrator = { accountRole: 'administrator' } as const;
const allBut = (...some: readonly PersonChange[]) => PERSON_CHANGES.filter((one) => !some.includes(one));

test('an active user may be changed in every way but be made a user', () => {
  expect(PERSON_CHANGES.filter((one) => whyNot(one, facts()) !== undefined)).toEqual(['demote']);
});

test('an active administrator may be changed in every way but be made one', () => {
  const refused = PERSON_CHANGES.filter((one) => whyNot(one, facts(administrator)) !== undefined);
  expect(refused).toEqual(['promote']);
});

describe.each(['leaving', 'departed'] as const)('somebody who is %s', (status) => {
  test('is called by the right name, and not changed otherwise', () => {
    expect(whyNot('rename', facts({ status }))).toBeUndefined();
    for (const one of allBut('rename'))
      expect([one, whyNot(one, facts({ status }))]).toEqual([one, 'PERSON_NOT_ACTIVE']);
  });
});

test('without an account there is nothing to change but the name', () => {
  for (const one of allBut('rename'))
    expect([one, whyNot(one, facts({ accounts: [] }))]).toEqual([one, 'ACCOUNT_NOT_FOUND']);
});

test.each<[string, PersonChange, ChangeFacts, string | undefined]>([
  ['the own promotion', 'promote', facts({}, { isSelf: true }), 'OWN_ROLE'],
  ['the own demotion', 'demote', facts(administrator, { isSelf: true }), 'OWN_ROLE'],
  ['a promotion during a case', 'promote', facts({}, { hasOpenCase: true }), 'CASE_OPEN'],
  ['a demotion during a case', 'demote', facts(administrator, { hasOpenCase: true }), undefined],
  [
    'the last administrator',
    'demote',
    facts(administrator, { hasOtherAdministrator: false }),
    'LAST_ADMINISTRATOR',
  ],
  [
    ...(['an administrator who reads a duty’s mail', 'demote'] as const),
    ...[facts({ ...administrator, aliases: ['post-master@harbour.example'] }), 'RESERVED_ALIASES'],
  ] as [string, PersonChange, ChangeFacts, string],
  [
    'an alias too many',
    'addAlias',
    facts({ aliases: Array<string>(MOST_ALIASES).fill('a@b.example') }),
    'TOO_MANY_ALIASES',
  ],
  ['an alias of nobody', 'removeAlias', facts({ aliases: [] }), 'ALIAS_NOT_FOUND'],
  ['an alias during a case', 'addAlias', facts({}, { hasOpenCase: true }), undefined],
  ['the own quota', 'setQuota', facts({}, { isSelf: true }), undefined],
])('decides on %s', (_what, change, given, expected) => {
  expect(whyNot(change, given)).toBe(expected);
});
