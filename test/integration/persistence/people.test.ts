import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Person } from '../../../shared/domain/person.ts';
import {
  anOrganisation,
  aPerson,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

let one: TestRepositories;
let other: TestRepositories;

beforeAll(async () => {
  one = await openTestRepositories();
  other = await openTestRepositories();
});
afterAll(async () => {
  await one.close();
  await other.close();
});

async function insertPeople(orgId: string, names: readonly string[]): Promise<readonly Person[]> {
  const people = names.map((name) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    return aPerson(orgId, { firstName, lastName });
  });
  for (const person of people) await one.people.insert(person);
  return people;
}

test('gives back exactly the person that was inserted, over another connection', async () => {
  const person = aPerson(freshOrgId(), {
    externalId: 'E-17',
    managerId: 'per_m',
    legalHold: { placedBy: 'own_1', placedAtMs: 5, reason: 'dispute' },
    accounts: [{ target: 'directory', accountId: 'acc_1' }],
  });
  expect(await one.people.insert(person)).toBe('inserted');
  expect(await other.people.get(person.orgId, person.id)).toEqual(person);
  expect(await one.people.insert(person)).toBe('exists');
});

test('shows nobody to another organisation', async () => {
  const person = aPerson(freshOrgId());
  await one.people.insert(person);
  const stranger = freshOrgId();
  expect(await one.people.get(stranger, person.id)).toBeUndefined();
  expect(await one.people.getMany(stranger, [person.id])).toEqual([]);
  expect(await one.people.update(stranger, person.id, 0, { status: 'departed' })).toBeUndefined();
});

test('lets exactly one of twenty simultaneous changes of one revision win', async () => {
  const person = aPerson(freshOrgId());
  await one.people.insert(person);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? one : other).people.update(person.orgId, person.id, 0, { department: `D${index}` }),
    ),
  );
  const winners = results.filter((result) => result !== undefined);
  expect(winners).toHaveLength(1);
  expect(await one.people.get(person.orgId, person.id)).toEqual(winners[0]);
  expect(winners[0]?.rev).toBe(1);
});

test('takes an optional field away and leaves the others', async () => {
  const person = aPerson(freshOrgId(), { department: 'Harbour', externalId: 'E-1' });
  await one.people.insert(person);
  const changed = await one.people.update(person.orgId, person.id, 0, { department: undefined });
  expect(changed).toEqual({ ...aPersonWithout(person, 'department'), rev: 1 });
});

function aPersonWithout(person: Person, field: keyof Person): Partial<Person> {
  return Object.fromEntries(Object.entries(person).filter(([key]) => key !== field));
}

test('pages in the order of creation without gaps or repetitions', async () => {
  const orgId = freshOrgId();
  const people = await insertPeople(orgId, ['A A', 'B B', 'C C', 'D D', 'E E']);
  const first = await one.people.list(orgId, { limit: 2 });
  const second = await one.people.list(orgId, { limit: 2, after: first[1]!.id });
  const third = await one.people.list(orgId, { limit: 2, after: second[1]!.id });
  expect([...first, ...second, ...third].map((person) => person.id)).toEqual(people.map(({ id }) => id));
});

test.each([
  ['a last name, whatever its case', 'LOVE', ['Ada Lovelace']],
  ['a name without its accent', 'rene', ['René Descartes']],
  ['first and last name', 'ada lovelace', ['Ada Lovelace']],
  ['last and first name', 'descartes re', ['René Descartes']],
  ['nothing that merely contains it', 'velace', []],
])('finds by %s', async (_what, search, expected) => {
  const orgId = freshOrgId();
  await insertPeople(orgId, ['Ada Lovelace', 'René Descartes']);
  const found = await one.people.list(orgId, { limit: 10, search });
  expect(found.map((person) => `${person.firstName} ${person.lastName}`)).toEqual(expected);
});

test('is found by the new name, and no longer by the old one', async () => {
  const orgId = freshOrgId();
  const [person] = await insertPeople(orgId, ['Ada Byron']);
  await one.people.update(orgId, person!.id, 0, { lastName: 'Lovelace' });
  expect(await one.people.list(orgId, { limit: 10, search: 'lovelace' })).toHaveLength(1);
  expect(await one.people.list(orgId, { limit: 10, search: 'byron' })).toHaveLength(0);
});

test('filters by status', async () => {
  const orgId = freshOrgId();
  await one.people.insert(aPerson(orgId, { status: 'departed' }));
  const active = aPerson(orgId);
  await one.people.insert(active);
  expect(await one.people.list(orgId, { limit: 10, status: 'active' })).toEqual([active]);
});

test('refuses a field that is not of a person', async () => {
  const person = aPerson(freshOrgId());
  await one.people.insert(person);
  const foreign = { shoeSize: 42 } as object;
  await expect(one.people.update(person.orgId, person.id, 0, foreign)).rejects.toThrow(/shoeSize/);
  await expect(one.people.insert({ ...aPerson(freshOrgId()), ...foreign })).rejects.toThrow(/shoeSize/);
});

test.each([[{ $ne: 'x' }], [{ $gt: '' }], [{ trustedComparison: { $ne: 'x' } }]])(
  'does not obey an operator that arrives as a value: %j',
  async (operator) => {
    const person = aPerson(freshOrgId());
    await one.people.insert(person);
    // The database may refuse the type; what it must not do is find the person.
    const found = await one.people.get(person.orgId, operator as unknown as string).catch(() => undefined);
    expect(found).toBeUndefined();
  },
);

test('changes an organisation once per revision and knows the domains in use', async () => {
  const organisation = anOrganisation(freshOrgId());
  await one.organisations.insert(organisation);
  expect(await one.organisations.get(organisation.id)).toEqual(organisation);
  expect(await one.organisations.update(organisation.id, 0, { leaveTime: '18:00' })).toEqual({
    ...organisation,
    leaveTime: '18:00',
    rev: 1,
  });
  expect(await one.organisations.update(organisation.id, 0, { leaveTime: '19:00' })).toBeUndefined();
  await one.people.insert(aPerson(organisation.id));
  expect(await one.people.anyInDomain(organisation.id, 'harbour.example')).toBe(true);
  expect(await one.people.anyInDomain(organisation.id, 'quay.example')).toBe(false);
});
