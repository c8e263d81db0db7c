import { describe, expect, test } from '@jest/globals';
import type { OpenChange } from '../../../../shared/domain/people/open-change.ts';
import { account, find, openCase, somebody, templateOf, values } from '../subjects.ts';

const REF = { target: 'directory', accountId: 'acc_1' };

describe('role_differs', () => {
  const user = templateOf({ accountRole: 'user' });

  test('nothing where everything is as the template says', () => {
    const template = templateOf({ accountRole: 'user', groups: ['a', 'b'], lists: ['l'] });
    expect(
      find('role_differs', { template, accounts: [account({ groups: ['b', 'a'], lists: ['l'] })] }),
    ).toEqual([]);
  });

  test('finds another role once for a person', () => {
    const person = somebody({ accountRole: 'administrator' });
    const accounts = [
      account({ role: 'administrator' }),
      account({ target: 'branch', role: 'administrator' }),
    ];
    expect(find('role_differs', { person, accounts, template: user })).toEqual([
      {
        value: 'administrator',
        evidence: {
          ...{ template: 'sales', accountRole: 'administrator', expectedRole: 'user' },
          targets: ['directory', 'branch'],
        },
      },
    ]);
    expect(values('role_differs', { person, template: user })).toEqual(['administrator']);
    expect(find('role_differs', { accounts: accounts.slice(1), template: user })).toMatchObject([
      { value: 'administrator', evidence: { accountRole: 'user', targets: ['branch'] } },
    ]);
  });

  test('never proposes to make somebody an administrator', () => {
    const template = templateOf({ accountRole: 'administrator' });
    expect(find('role_differs', { template })).toMatchObject([{ value: 'user', proposes: 'attest' }]);
  });

  test('a template without a role says nothing of the role', () => {
    const person = somebody({ accountRole: 'administrator' });
    const accounts = [account({ role: 'administrator' })];
    expect(values('role_differs', { person, accounts, template: templateOf() })).toEqual([]);
  });

  test('names the groups and lists that are missing or beyond, for each account', () => {
    const template = templateOf({ groups: ['sales', 'staff'], lists: ['news'] });
    const one = account({ groups: ['staff', 'vault'], lists: ['all', 'news'] });
    const two = account({
      target: 'branch',
      accountId: 'acc_2',
      groups: ['staff', 'sales'],
      lists: ['news'],
    });
    expect(find('role_differs', { template, accounts: [one, two] })).toEqual([
      {
        ...{ value: 3, account: REF, proposes: 'attest' },
        evidence: {
          ...{ template: 'sales', missingGroups: ['sales'], groupsBeyond: ['vault'] },
          listsBeyond: ['all'],
        },
      },
    ]);
  });

  test('nothing is missing on lists of a target that has none', () => {
    const { lists: _, ...without } = account();
    expect(
      values('role_differs', { accounts: [without], template: templateOf({ lists: ['news'] }) }),
    ).toEqual([]);
    expect(values('role_differs', { template: templateOf({ lists: ['news'] }) })).toEqual([1]);
  });

  test('nothing without a template, while a case is open, while a change is under way, or of people who are not here', () => {
    const accounts = [account({ role: 'administrator', groups: ['x'] })];
    const openChange: OpenChange = {
      id: 'chg',
      actorId: 'a',
      atMs: 1,
      direction: 'forward',
      before: {},
      after: {},
    };
    expect(values('role_differs', { accounts })).toEqual([]);
    expect(
      values('role_differs', { accounts, template: user, openCase: openCase({ kind: 'role_change' }) }),
    ).toEqual([]);
    expect(values('role_differs', { accounts, template: user, person: somebody({ openChange }) })).toEqual(
      [],
    );
    for (const status of ['joining', 'disabled', 'leaving', 'departed'] as const)
      expect(values('role_differs', { accounts, template: user, person: somebody({ status }) })).toEqual([]);
    expect(values('role_differs', { accounts, template: user })).toEqual(['administrator', 1]);
  });
});
