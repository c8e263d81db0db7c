import type { AccountTemplate } from '../../template.ts';
import type { Person } from '../../person.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { Found, ReviewRule } from '../review-rule.ts';
import { refOf, seen } from './found-words.ts';

export const roleDiffers: ReviewRule = {
  name: 'role_differs',
  title: 'Not as the template says',
  description:
    'What somebody has is not what the template says that they were given last, as it is now: another role, which is found once for each person, or groups and lists that are missing or beyond it, which are found for each account. A template without a role says nothing of roles. Nobody is proposed to be made an administrator. Not found: people with an open case or a change under way, and people who are not here.',
  usuallyOn: true,
  proposes: 'change_role',
  allows: ['change_role'],
  find({ person, accounts, template, openCase }) {
    if (person?.status !== 'active' || template === undefined) return [];
    if (openCase !== undefined || person.openChange !== undefined) return [];
    return [
      ...otherRole(person, accounts, template),
      ...accounts.flatMap((account) => otherMemberships(account, template)),
    ];
  },
  explain: ({ value, evidence: { expectedRole } }) =>
    typeof expectedRole === 'string'
      ? `The role is "${value}"; the template says "${expectedRole}".`
      : `Groups and lists differ from the template in ${value} ${value === 1 ? 'place' : 'places'}.`,
};

function otherRole(
  { accountRole }: Person,
  accounts: readonly AccountFacts[],
  { accountRole: expectedRole, name: template }: AccountTemplate,
): readonly Found[] {
  if (expectedRole === undefined) return [];
  const others = accounts.filter(({ role }) => role !== expectedRole);
  const value = accountRole === expectedRole ? others[0]?.role : accountRole;
  if (value === undefined) return [];
  const targets = others.map(({ target }) => target);
  return [
    {
      value,
      evidence: { template, accountRole, expectedRole, targets },
      ...(expectedRole === 'administrator' ? { proposes: 'attest' as const } : {}),
    },
  ];
}

function otherMemberships(account: AccountFacts, template: AccountTemplate): readonly Found[] {
  const groups = differences(account.groups, template.groups);
  // Of a target that has no lists nothing is missing.
  const lists = differences(account.lists ?? template.lists, template.lists);
  const value = [groups, lists].reduce((sum, { missing, beyond }) => sum + missing.length + beyond.length, 0);
  if (value === 0) return [];
  const evidence = seen({
    template: template.name,
    missingGroups: orNone(groups.missing),
    groupsBeyond: orNone(groups.beyond),
    missingLists: orNone(lists.missing),
    listsBeyond: orNone(lists.beyond),
  });
  return [{ value, account: refOf(account), evidence, proposes: 'attest' }];
}

function differences(has: readonly string[], expected: readonly string[]) {
  return {
    missing: expected.filter((one) => !has.includes(one)).toSorted(),
    beyond: has.filter((one) => !expected.includes(one)).toSorted(),
  };
}

function orNone(names: readonly string[]): readonly string[] | undefined {
  return names.length === 0 ? undefined : names;
}
