import { describe, expect, test } from '@jest/globals';
import { account, DAY_MS, daysAgo, find, openCase, somebody, values } from '../subjects.ts';

const REF = { target: 'directory', accountId: 'acc_1' };

describe('inactive', () => {
  const lastUsed = (lastLoginAtMs: number) => ({ accounts: [account({ lastLoginAtMs })] });

  test.each([
    [89, []],
    [90, [90]],
    [91, [91]],
  ])('nobody signed in for %s days: found %j', (days, found) => {
    expect(values('inactive', lastUsed(daysAgo(days)))).toEqual(found);
  });

  test('counts whole days, and names the account and the sign-in', () => {
    expect(values('inactive', lastUsed(daysAgo(90) + 1))).toEqual([]);
    expect(find('inactive', lastUsed(daysAgo(90)))).toEqual([
      { value: 90, account: REF, evidence: { lastLoginAtMs: daysAgo(90) } },
    ]);
  });

  test('goes by the threshold somebody set', () => {
    expect(values('inactive', lastUsed(daysAgo(10)), { threshold: 10 })).toEqual([10]);
    expect(values('inactive', lastUsed(daysAgo(9)), { threshold: 10 })).toEqual([]);
  });

  test('says nothing of an account nobody ever signed in to, one that is disabled, or a machine', () => {
    const lastLoginAtMs = daysAgo(500);
    expect(values('inactive', { accounts: [account()] })).toEqual([]);
    expect(values('inactive', { accounts: [account({ status: 'disabled', lastLoginAtMs })] })).toEqual([]);
    expect(values('inactive', { accounts: [account({ service: true, lastLoginAtMs })] })).toEqual([]);
  });

  test.each(['joining', 'disabled', 'leaving', 'departed'] as const)('nothing of people %s', (status) => {
    expect(values('inactive', { ...lastUsed(daysAgo(500)), person: somebody({ status }) })).toEqual([]);
  });

  test('nothing of people with a leave, a departure, a deletion; a change of role is no excuse', () => {
    for (const kind of ['leave', 'departure', 'deletion', 'onboarding'] as const)
      expect(values('inactive', { ...lastUsed(daysAgo(500)), openCase: openCase({ kind }) })).toEqual([]);
    const changing = { ...lastUsed(daysAgo(500)), openCase: openCase({ kind: 'role_change' }) };
    expect(values('inactive', changing)).toEqual([500]);
  });

  test('proposes that somebody looks into it where nothing may disable the account', () => {
    const guarded = { ...lastUsed(daysAgo(500)), person: somebody({ protected: true }) };
    expect(find('inactive', guarded)).toMatchObject([{ proposes: 'attest' }]);
    expect(find('inactive', lastUsed(daysAgo(500)))[0]).not.toHaveProperty('proposes');
  });
});

describe('never_used', () => {
  const made = (createdAtMs: number) => ({ accounts: [account({ createdAtMs })] });

  test.each([
    [29, []],
    [30, [30]],
    [31, [31]],
  ])('made %s days ago: found %j', (days, found) => {
    expect(values('never_used', made(daysAgo(days)))).toEqual(found);
  });

  test('counts whole days', () => {
    expect(values('never_used', made(daysAgo(30) + 1))).toEqual([]);
    expect(values('never_used', made(daysAgo(30) - DAY_MS + 1))).toEqual([30]);
  });

  test('counts from when the person was entered where the target does not say', () => {
    const entered = (days: number) => ({ person: somebody({ createdAtMs: daysAgo(days) }) });
    expect(values('never_used', entered(29))).toEqual([]);
    expect(find('never_used', entered(30))).toEqual([
      { value: 30, account: REF, evidence: { createdAtMs: daysAgo(30) } },
    ]);
  });

  test('says nothing of an account that was used, is disabled, or is a machine', () => {
    const old = { createdAtMs: daysAgo(500) };
    for (const other of [{ lastLoginAtMs: 1 }, { status: 'disabled' as const }, { service: true }])
      expect(values('never_used', { accounts: [account({ ...old, ...other })] })).toEqual([]);
  });

  test.each(['joining', 'disabled', 'leaving', 'departed'] as const)('nothing of people %s', (status) => {
    expect(values('never_used', { ...made(daysAgo(500)), person: somebody({ status }) })).toEqual([]);
  });

  test('nothing of people with a leave or a departure; and of a protected one somebody looks into it', () => {
    for (const kind of ['leave', 'departure', 'deletion', 'onboarding'] as const)
      expect(values('never_used', { ...made(daysAgo(500)), openCase: openCase({ kind }) })).toEqual([]);
    const guarded = { ...made(daysAgo(500)), person: somebody({ protected: true }) };
    expect(find('never_used', guarded)).toMatchObject([{ proposes: 'attest' }]);
  });
});

describe('disabled_not_departed', () => {
  const disabled = {
    accounts: [account({ status: 'disabled' as const, disabledReason: 'suspicious' as const })],
  };

  test('finds a disabled account that nothing explains, also of people who are back or leave', () => {
    expect(find('disabled_not_departed', disabled)).toEqual([
      {
        value: 'suspicious',
        account: REF,
        evidence: { disabledReason: 'suspicious', personStatus: 'active' },
      },
    ]);
    for (const status of ['disabled', 'leaving'] as const)
      expect(values('disabled_not_departed', { ...disabled, person: somebody({ status }) })).toHaveLength(1);
    expect(values('disabled_not_departed', { accounts: [account({ status: 'disabled' })] })).toEqual([
      'unknown',
    ]);
  });

  test('nothing of open accounts, machines, and people who join or have departed', () => {
    expect(values('disabled_not_departed')).toEqual([]);
    const machine = account({ status: 'disabled', service: true });
    expect(values('disabled_not_departed', { accounts: [machine] })).toEqual([]);
    for (const status of ['joining', 'departed'] as const)
      expect(values('disabled_not_departed', { ...disabled, person: somebody({ status }) })).toEqual([]);
  });

  test('nothing while a case explains it; a change of role does not', () => {
    for (const kind of ['leave', 'departure', 'deletion'] as const)
      expect(values('disabled_not_departed', { ...disabled, openCase: openCase({ kind }) })).toEqual([]);
    const changing = { ...disabled, openCase: openCase({ kind: 'role_change' }) };
    expect(values('disabled_not_departed', changing)).toHaveLength(1);
  });

  test('proposes no departure of protected people', () => {
    const guarded = { ...disabled, person: somebody({ protected: true }) };
    expect(find('disabled_not_departed', guarded)).toMatchObject([{ proposes: 'attest' }]);
  });
});
