import { describe, expect, test } from '@jest/globals';
import type { AccountFacts } from '../../../../shared/domain/reviews/account-facts.ts';
import { account, daysAgo, find, openCase, ORGANISATION, somebody, values } from '../subjects.ts';

describe('address_convention', () => {
  const at = (localPart: string, others: Parameters<typeof somebody>[0] = {}) => ({
    person: somebody({ address: `${localPart}@harbour.example`, ...others }),
  });

  test.each(['ada.byron', 'ada.byron2', 'ada.byron17'])('%s keeps to it', (localPart) => {
    expect(values('address_convention', at(localPart))).toEqual([]);
  });

  test.each(['ada', 'a.byron', 'byron.ada', 'ada.byron1', 'info'])('%s does not', (localPart) => {
    expect(find('address_convention', at(localPart))).toEqual([
      {
        value: `${localPart}@harbour.example`,
        evidence: { address: `${localPart}@harbour.example`, expected: 'ada.byron@harbour.example' },
      },
    ]);
  });

  test('goes by the convention of the organisation and the language of the person', () => {
    const naming = { convention: 'f.last', onCollision: 'number' } as const;
    const organisation = { ...ORGANISATION, naming };
    expect(values('address_convention', at('a.byron'), { organisation })).toEqual([]);
    expect(values('address_convention', at('ada.byron'), { organisation })).toHaveLength(1);
    const mueller = { lastName: 'Müller', locale: 'de' };
    expect(values('address_convention', at('ada.mueller', mueller))).toEqual([]);
    expect(values('address_convention', at('ada.muller', mueller))).toHaveLength(1);
  });

  test('nothing of names that it can make nothing of, nor of people who are not here', () => {
    expect(values('address_convention', at('ada', { lastName: '…' }))).toEqual([]);
    for (const status of ['joining', 'disabled', 'leaving', 'departed'] as const)
      expect(values('address_convention', at('ada', { status }))).toEqual([]);
  });
});

const nobodys = (...accounts: readonly AccountFacts[]) => ({ person: undefined, accounts });

describe('orphan_account', () => {
  test('finds an account of nobody, with what is known of it', () => {
    const orphan = account({ status: 'disabled', role: 'administrator', createdAtMs: daysAgo(9) });
    expect(find('orphan_account', nobodys(orphan))).toEqual([
      {
        ...{ value: 'ada.byron@harbour.example', account: { target: 'directory', accountId: 'acc_1' } },
        evidence: {
          ...{ address: 'ada.byron@harbour.example', status: 'disabled', role: 'administrator' },
          createdAtMs: daysAgo(9),
        },
      },
    ]);
  });

  test('nothing of machines, and of accounts of somebody', () => {
    expect(values('orphan_account', nobodys(account({ service: true })))).toEqual([]);
    expect(values('orphan_account', { accounts: [account()] })).toEqual([]);
    expect(values('orphan_account', { person: somebody({ status: 'departed' }) })).toEqual([]);
  });
});

describe('missing_account', () => {
  const gone = { target: 'branch', accountId: 'acc_2' };

  test('finds each account that is not where it should be', () => {
    expect(find('missing_account', { missing: [gone] })).toEqual([
      { value: 'branch', account: gone, evidence: { personStatus: 'active' } },
    ]);
    const two = [gone, { target: 'directory', accountId: 'acc_1' }];
    expect(values('missing_account', { accounts: [], missing: two })).toEqual(['branch', 'directory']);
  });

  test.each(['active', 'disabled', 'leaving'] as const)('finds somebody %s who has none at all', (status) => {
    expect(find('missing_account', { person: somebody({ status, accounts: [] }), accounts: [] })).toEqual([
      { value: 'none', evidence: { personStatus: status } },
    ]);
  });

  test('nothing where everything is there, of people who join or have departed, and of accounts of nobody', () => {
    expect(values('missing_account')).toEqual([]);
    for (const status of ['joining', 'departed'] as const)
      expect(values('missing_account', { person: somebody({ status }), missing: [gone] })).toEqual([]);
    expect(values('missing_account', nobodys())).toEqual([]);
  });

  test('nothing once an open case has deleted an account', () => {
    const leaving = { person: somebody({ status: 'leaving' }), accounts: [], missing: [gone] };
    const deleted = openCase({ steps: { 'delete-account': { status: 'done' } } });
    expect(values('missing_account', { ...leaving, openCase: deleted })).toEqual([]);
    expect(values('missing_account', { ...leaving, openCase: openCase() })).toEqual(['branch']);
  });
});
