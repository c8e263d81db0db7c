import { randomBytes } from 'node:crypto';
import { addressClaimId } from '../../shared/domain/ids.ts';
import type { Directory } from '../../directory/directory.ts';
import { FIRST_TARGET, type Person } from '../../shared/domain/person.ts';
import type { ApiKey } from '../../shared/platform/persistence/api-key-repository.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { BRANCH } from './branch.ts';
import type { TestEngine } from './engine.ts';

export const PASSWORD = 'correct horse battery staple';

const YEAR_MS = 365 * 86_400_000;

export interface PeopleOptions {
  readonly messages?: number;
  readonly administrator?: boolean;
  /** Nobody else is an administrator. */
  readonly lastAdministrator?: boolean;
  /** The leaver has an account on the second target as well. */
  readonly onBranch?: boolean;
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
  if (options.lastAdministrator !== true)
    await createPerson(engine, orgId, { firstName: 'Adam', lastName: 'Admin', role: 'administrator' });
  const person = await createPerson(engine, orgId, {
    firstName: 'Lea',
    lastName: 'Leaver',
    role: options.administrator === false ? 'user' : 'administrator',
    managerId: manager.id,
    targets: options.onBranch === true ? [FIRST_TARGET, BRANCH] : [FIRST_TARGET],
  });
  // Somebody who points at the leaver.
  const report = await createPerson(engine, orgId, {
    ...{ firstName: 'Rob', lastName: 'Report', role: 'user', managerId: person.id },
  });
  const accountId = person.accounts[0]!.accountId;
  const signIn = await furnish(engine.directory, person, options);
  if (options.onBranch === true) await furnish(engine.branch, person, options);
  await engine.repositories.apiKeys.insert(aKey(orgId, { personId: person.id, scopes: ['people:read'] }));
  await claims.take(addressClaimId(orgId, person.address), orgId, person.id, Date.now());
  return { orgId, manager, report, person, accountId, signIn };
}

/** Gives an account everything a departure takes away. */
async function furnish(directory: Directory, { orgId, accounts, address }: Person, options: PeopleOptions) {
  const accountId = accounts[0]!.accountId;
  await directory.addAppPassword(orgId, accountId, 'phone');
  await directory.addForward(orgId, accountId, { to: 'lea@home.test', keepCopy: true });
  await directory.addRule(orgId, accountId, { name: 'lists', action: 'move:Lists' });
  await directory.addOauthGrant(orgId, accountId, { client: 'Calendar sync', scopes: ['calendar'] });
  await directory.addLink(orgId, accountId, { kind: 'reset', expiresAtMs: Date.now() + YEAR_MS });
  await directory.addRecoveryMeans(orgId, accountId, { kind: 'recovery_address', label: 'lea@home.test' });
  await directory.setMemberships(orgId, accountId, { groups: ['staff', 'board'], lists: ['news'] });
  await directory.setDelegations(orgId, accountId, [
    { ownerAccountId: 'acc_somebody', resource: 'mailbox', right: 'read' },
  ]);
  const signIn = await directory.signIn(orgId, address, PASSWORD);
  for (let n = 1; n <= (options.messages ?? 2); n += 1) {
    const mail = { from: 'sender@outside.test', subject: `Mail ${n}`, text: `Text ${n}` };
    await directory.deliver(orgId, { to: address, ...mail });
  }
  return signIn;
}

export function aKey(orgId: string, fields: Partial<ApiKey> = {}): ApiKey {
  const id = newId('key');
  return {
    ...{
      id,
      orgId,
      hash: randomBytes(32).toString('hex'),
      prefix: 'gw_testtest',
      scopes: ['organisation:*'],
    },
    ...{ ownerId: newId('own'), ownerName: 'Somebody', createdAtMs: Date.now(), ...fields },
  };
}

export async function createPerson(
  engine: TestEngine,
  orgId: string,
  of: {
    readonly firstName: string;
    readonly lastName: string;
    readonly role: 'user' | 'administrator';
    readonly managerId?: string;
    readonly targets?: readonly string[];
  },
): Promise<Person> {
  const accountId = newId('acc');
  const address =
    `${of.firstName}.${of.lastName}.${randomBytes(4).toString('hex')}@example.test`.toLowerCase();
  const { firstName, lastName, role } = of;
  const quotaBytes = 10_000_000;
  const targets = of.targets ?? [FIRST_TARGET];
  const account = { id: accountId, firstName, lastName, address, quotaBytes, role, password: PASSWORD };
  for (const target of targets)
    await (target === BRANCH ? engine.branch : engine.directory).createAccount(orgId, account);
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
    accounts: targets.map((target) => ({ target, accountId })),
    createdAtMs: Date.now(),
  };
  await engine.repositories.people.insert(person);
  return person;
}
