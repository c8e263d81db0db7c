import { describe, expect, test } from '@jest/globals';
import { account, daysAgo, find, somebody, values } from '../subjects.ts';

const ALIAS = 'ada@harbour.example';

describe('alias_unused', () => {
  const alias = (facts: { readonly sinceMs?: number; readonly lastMailAtMs?: number }) => ({
    accounts: [account({ aliases: [{ address: ALIAS, ...facts }] })],
  });

  test.each([
    [179, []],
    [180, [180]],
    [181, [181]],
  ])('last mail %s days ago: found %j', (days, found) => {
    expect(values('alias_unused', alias({ sinceMs: daysAgo(900), lastMailAtMs: daysAgo(days) }))).toEqual(
      found,
    );
    expect(values('alias_unused', alias({ sinceMs: daysAgo(days) }))).toEqual(found);
    expect(values('alias_unused', alias({ lastMailAtMs: daysAgo(days) }))).toEqual(found);
  });

  test('counts from the day it came back where it was given again after its last mail', () => {
    expect(values('alias_unused', alias({ sinceMs: daysAgo(10), lastMailAtMs: daysAgo(500) }))).toEqual([]);
  });

  test('says nothing of an alias of which nothing is known', () => {
    expect(values('alias_unused', alias({}))).toEqual([]);
  });

  test('is about the alias of a person, wherever it is: mail in one target is enough, and so is a doubt', () => {
    const on = (target: string, facts: object) =>
      account({ target, aliases: [{ address: ALIAS, ...facts }] });
    const old = on('directory', { sinceMs: daysAgo(400) });
    expect(find('alias_unused', { accounts: [old, on('branch', { sinceMs: daysAgo(200) })] })).toEqual([
      {
        ...{ value: 200, about: ALIAS },
        evidence: { alias: ALIAS, targets: ['directory', 'branch'], sinceAtMs: daysAgo(200) },
      },
    ]);
    expect(values('alias_unused', { accounts: [old, on('branch', { lastMailAtMs: daysAgo(1) })] })).toEqual(
      [],
    );
    expect(values('alias_unused', { accounts: [old, on('branch', {})] })).toEqual([]);
  });

  test.each(['joining', 'disabled', 'leaving', 'departed'] as const)('nothing of people %s', (status) => {
    const given = { ...alias({ sinceMs: daysAgo(900) }), person: somebody({ status }) };
    expect(values('alias_unused', given)).toEqual([]);
  });
});

describe('alias_of_no_name', () => {
  const found = (localPart: string, names: Partial<ReturnType<typeof somebody>> = {}) =>
    values('alias_of_no_name', {
      person: somebody(names),
      accounts: [account({ aliases: [{ address: `${localPart}@harbour.example` }] })],
    });

  test.each([
    'ada',
    'byron',
    'a.byron',
    'ada2',
    'adabyron',
    'Ada-B',
    'b.ada',
    'by.ron',
    'shop-ada',
    'byron.old',
  ])('%s is a name of Ada Byron', (localPart) => {
    expect(found(localPart)).toEqual([]);
  });

  test.each(['ab', 'a.b', 'lovelace', 'a.lovelace', 'press'])('%s is not', (localPart) => {
    expect(found(localPart)).toEqual([localPart]);
  });

  test.each(['info', 'Sales', 'no-reply', 'support2'])('%s is reserved, and left out', (localPart) => {
    expect(found(localPart)).toEqual([]);
  });

  test.each([
    ['mueller', { lastName: 'Müller', locale: 'de' }],
    ['muller', { lastName: 'Müller', locale: 'de' }],
    ['schmidt', { lastName: 'Müller-Schmidt', locale: 'de' }],
    ['vandenberg', { lastName: 'van den Berg' }],
    ['berg', { lastName: 'van den Berg' }],
    ['maria', { firstName: 'Anna Maria' }],
    ['jli', { firstName: 'John', lastName: 'Li' }],
    ['li', { firstName: 'John', lastName: 'Li' }],
    ['oneill', { lastName: "O'Neill" }],
    ['natalya', { firstName: 'Наталья' }],
  ])('%s is a name of %j', (localPart, names) => {
    expect(found(localPart, names)).toEqual([]);
  });

  test.each([
    ['italic', { firstName: 'John', lastName: 'Li' }],
    ['van', { lastName: 'van den Berg' }],
  ])('%s is no name of %j', (localPart, names) => {
    expect(found(localPart, names)).toEqual([localPart]);
  });

  test('goes by the language of the organisation where a person has none', () => {
    expect(found('soeren', { firstName: 'Søren' })).toEqual(['soeren']);
    expect(found('soeren', { firstName: 'Søren', locale: 'da' })).toEqual([]);
  });

  test('says nothing of names that cannot be written in an address, nor of people who are not here', () => {
    expect(found('press', { firstName: '☃', lastName: '…' })).toEqual([]);
    for (const status of ['joining', 'disabled', 'leaving', 'departed'] as const)
      expect(found('press', { status })).toEqual([]);
  });

  test('finds an alias once, with the targets that have it', () => {
    const aliases = [{ address: 'Press@harbour.example' }];
    const accounts = [account({ aliases }), account({ target: 'branch', aliases })];
    expect(find('alias_of_no_name', { accounts })).toEqual([
      {
        ...{ value: 'press', about: 'press@harbour.example' },
        evidence: { alias: 'press@harbour.example', targets: ['directory', 'branch'] },
      },
    ]);
  });
});
