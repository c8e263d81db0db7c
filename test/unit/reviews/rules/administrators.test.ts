import { describe, expect, test } from '@jest/globals';
import { account, daysAgo, find, openCase, somebody, values } from '../subjects.ts';

const chief = somebody({ accountRole: 'administrator', department: 'IT', template: 'engineer' });
const withRole = account({ role: 'administrator', lastLoginAtMs: daysAgo(3) });

describe('administrator', () => {
  test('finds each once, whichever says so and however many accounts they have', () => {
    const second = account({ target: 'branch', role: 'administrator', lastLoginAtMs: daysAgo(1) });
    expect(find('administrator', { person: chief, accounts: [withRole, second] })).toEqual([
      {
        value: 'administrator',
        evidence: {
          ...{ accountRole: 'administrator', targets: ['directory', 'branch'] },
          ...{ department: 'IT', template: 'engineer', lastLoginAtMs: daysAgo(1) },
        },
      },
    ]);
    expect(find('administrator', { accounts: [withRole] })).toMatchObject([
      { evidence: { accountRole: 'user', targets: ['directory'] } },
    ]);
    expect(find('administrator', { person: chief })).toMatchObject([{ evidence: { targets: [] } }]);
  });

  test('nothing of others, of people who have departed, and of accounts without a person', () => {
    expect(values('administrator')).toEqual([]);
    const gone = { ...chief, status: 'departed' as const };
    expect(values('administrator', { person: gone, accounts: [withRole] })).toEqual([]);
    expect(values('administrator', { person: undefined, accounts: [withRole] })).toEqual([]);
  });

  test('an open case is no exemption', () => {
    expect(values('administrator', { person: chief, openCase: openCase({ kind: 'leave' }) })).toHaveLength(1);
  });
});

describe('administrator_misplaced', () => {
  const places = (departments: readonly string[], templates: readonly string[] = []) =>
    values('administrator_misplaced', { person: chief }, { departments, templates });

  test('finds those whose department and template are both elsewhere', () => {
    expect(places(['Office'])).toEqual(['IT']);
    expect(places(['Office'], ['boss'])).toEqual(['IT']);
    expect(places([], ['boss'])).toEqual(['IT']);
  });

  test('nothing where one of them fits', () => {
    expect(places(['Office', 'IT'])).toEqual([]);
    expect(places([], ['engineer'])).toEqual([]);
    expect(places(['Office'], ['engineer'])).toEqual([]);
    expect(places(['IT'], ['boss'])).toEqual([]);
  });

  test('nothing where neither is set, and nothing of people who are none', () => {
    expect(places([])).toEqual([]);
    expect(values('administrator_misplaced', {}, { departments: ['Office'] })).toEqual([]);
  });

  test('finds who has no department and no template', () => {
    const person = somebody({ accountRole: 'administrator' });
    expect(find('administrator_misplaced', { person }, { departments: ['IT'] })).toEqual([
      {
        value: 'none',
        evidence: { accountRole: 'administrator', targets: [], departments: ['IT'], templates: [] },
      },
    ]);
  });
});
