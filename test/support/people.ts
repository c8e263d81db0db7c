import { randomBytes } from 'node:crypto';
import { addressClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { TestEngine } from './engine.ts';

export const PASSWORD = 'correct horse battery staple';

export interface PeopleOptions {
  readonly messages?: number;
  readonly administrator?: boolean;
}

/** One organisation with a manager and a leaver, who has everything a departure takes away. */
export async function createPeople(engine: TestEngine, options: PeopleOptions = {}) {
  const orgId = newId('org');
  const { organisations, claims } = engine.repositories;
  await organisations.insert({
    id: orgId,
    rev: 0,
    name: 'Test',
    domains: ['example.test'],
    timeZone: 'Europe/Zurich',
    country: 'CH',
    locale: 'en',
    leaveTime: '17:30',
    guardLimits: { floor: 2, sharePercent: 20, ceiling: 10 },
    quarantineMonths: 12,
    notificationAddresses: ['it@example.test'],
  });
  const manager = await createPerson(engine, orgId, { firstName: 'Mona', lastName: 'Manager', role: 'user' });
  const person = await createPerson(engine, orgId, {
    firstName: 'Lea',
    lastName: 'Leaver',
    role: options.administrator === false ? 'user' : 'administrator',
    managerId: manager.id,
  });
  const accountId = person.accounts[0]!.accountId;
  await engine.directory.addAppPassword(orgId, accountId, 'phone');
  await engine.directory.addForward(orgId, accountId, { to: 'lea@home.test', keepCopy: true });
  await engine.directory.addRule(orgId, accountId, { name: 'lists', action: 'move:Lists' });
  const signIn = await engine.directory.signIn(orgId, person.address, PASSWORD);
  for (let n = 1; n <= (options.messages ?? 2); n += 1) {
    await engine.directory.deliver(orgId, {
      to: person.address,
      from: 'sender@outside.test',
      subject: `Mail ${n}`,
      text: `Text ${n}`,
    });
  }
  await claims.take(addressClaimId(orgId, person.address), orgId, person.id, Date.now());
  return { orgId, manager, person, accountId, signIn };
}

async function createPerson(
  engine: TestEngine,
  orgId: string,
  of: {
    readonly firstName: string;
    readonly lastName: string;
    readonly role: 'user' | 'administrator';
    readonly managerId?: string;
  },
): Promise<Person> {
  const accountId = newId('acc');
  const address =
    `${of.firstName}.${of.lastName}.${randomBytes(4).toString('hex')}@example.test`.toLowerCase();
  const { firstName, lastName, role } = of;
  const quotaBytes = 10_000_000;
  await engine.directory.createAccount(orgId, {
    id: accountId,
    firstName,
    lastName,
    address,
    quotaBytes,
    role,
    password: PASSWORD,
  });
  const person: Person = {
    id: newId('per'),
    orgId,
    rev: 0,
    generation: 1,
    status: 'active',
    firstName,
    lastName,
    address,
    aliases: [],
    domain: 'example.test',
    accountRole: role,
    quotaBytes,
    groups: [],
    ...(of.managerId === undefined ? {} : { managerId: of.managerId }),
    protected: false,
    accounts: [{ target: 'directory', accountId }],
    createdAtMs: Date.now(),
  };
  await engine.repositories.people.insert(person);
  return person;
}
