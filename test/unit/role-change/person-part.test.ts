import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  asItIs,
  isSet,
  setBack,
  setBy,
  type PersonPart,
  type RoleFields,
} from '../../../activities/role-change/person-part.ts';

const groups: fc.Arbitrary<readonly string[]> = fc.subarray(['staff', 'board', 'crm', 'orders']);
const fields: fc.Arbitrary<RoleFields> = fc.record(
  {
    accountRole: fc.constantFrom('user' as const, 'administrator' as const),
    groups,
    quotaBytes: fc.constantFrom(1, 2, 3),
    managerId: fc.constantFrom('per_a', 'per_b'),
    department: fc.constantFrom('Sales', 'Support'),
    template: fc.constantFrom('sales', 'support'),
  },
  { requiredKeys: ['accountRole', 'groups', 'quotaBytes'] },
);
const asked = fc
  .record(
    {
      accountRole: fc.constantFrom('user' as const, 'administrator' as const),
      quotaBytes: fc.constantFrom(1, 2, 3),
      managerId: fc.constantFrom('per_a', 'per_b'),
      department: fc.constantFrom('Sales', 'Support'),
      adds: groups,
      removes: groups,
    },
    { requiredKeys: ['adds', 'removes'] },
  )
  .map(({ adds, removes, ...rest }) => ({
    ...rest,
    to: 'sales',
    adds: { groups: adds.filter((name) => !removes.includes(name)), lists: [] },
    removes: { groups: removes, lists: [] },
  }));
const part = fc.constantFrom<PersonPart>('newRole', 'demotion', 'oldRole');

/** As the repository stores it: what is set to nothing is gone. */
function changed(person: RoleFields, changes: object): RoleFields {
  const next = Object.entries<unknown>({ ...person, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(next) as unknown as RoleFields;
}
const sorted = (person: RoleFields) => ({ ...person, groups: person.groups.toSorted() });

test('what is set can be put back exactly, whatever it was', () => {
  fc.assert(
    fc.property(fields, asked, part, (person, request, which) => {
      const sets = setBy(which, person, request, person.groups);
      const was = asItIs(person, sets);
      const after = changed(person, sets);
      expect(isSet(after, sets)).toBe(true);
      const back = changed(after, setBack(which, after, request, was));
      expect(sorted(back)).toEqual(sorted(person));
    }),
  );
});

test('a field that somebody changed since stays as they left it', () => {
  fc.assert(
    fc.property(fields, asked, (person, request) => {
      const sets = setBy('newRole', person, request, person.groups);
      const was = asItIs(person, sets);
      const by = { managerId: 'per_other', department: 'Board', template: 'boss', quotaBytes: 9 };
      const since = changed(changed(person, sets), by);
      expect(changed(since, setBack('newRole', since, request, was))).toMatchObject(by);
    }),
  );
});

test('of the groups only its own come and go', () => {
  const request = {
    ...{
      to: 'sales',
      adds: { groups: ['crm'], lists: [] },
      removes: { groups: ['board', 'wiki'], lists: [] },
    },
  };
  const person: RoleFields = { accountRole: 'user', quotaBytes: 1, groups: ['staff', 'board'] };
  const during = changed(person, setBy('newRole', person, request, person.groups));
  expect(during.groups).toEqual(['staff', 'board', 'crm']);
  const got = changed(during, { groups: [...during.groups, 'wiki'] });
  const after = changed(got, setBy('oldRole', got, request, person.groups));
  expect(after.groups).toEqual(['staff', 'crm', 'wiki']);
});
