import { FIRST_TARGET, type Person } from '../../shared/domain/person.ts';
import { addressClaimId } from '../../shared/domain/ids.ts';
import { hashedSigns } from '../../shared/platform/hashed-signs.ts';
import { aPerson } from './test-repositories.ts';
import type { TestApi } from './test-api.ts';

const ID_SIGNS = 26;

/** The same in every organisation that is made of this: what is found of it has the same ids. */
export const idOf = (prefix: string, name: string): string => `${prefix}_${hashedSigns(name, ID_SIGNS)}`;
export const personIdOf = (name: string): string => idOf('per', name);
const accountIdOf = (name: string): string => idOf('acc', name);
const addressOf = (name: string): string => `${name.toLowerCase()}@harbour.example`;

interface Inhabitant extends Pick<Partial<Person>, 'accountRole' | 'protected' | 'aliases'> {
  readonly isQuiet?: true;
  readonly manager?: string;
}

/** Whoever is quiet never signed in. */
const PEOPLE: Readonly<Record<string, Inhabitant>> = {
  Mona: {},
  Fay: {},
  Adam: { accountRole: 'administrator', manager: 'Mona' },
  Ruth: { accountRole: 'administrator', manager: 'Mona' },
  Alan: { aliases: ['captain@harbour.example'], manager: 'Mona' },
  Lea: { isQuiet: true, manager: 'Mona' },
  Dora: { isQuiet: true, manager: 'Mona' },
  Kim: { isQuiet: true, manager: 'Mona' },
  Sam: { isQuiet: true, manager: 'Mona' },
  Pia: { isQuiet: true, protected: true },
  Ute: { isQuiet: true, manager: 'Mona' },
  Rob: { isQuiet: true },
};
const SECRET = 'a long enough secret of somebody';

/** A dozen people and an account of nobody, made at the instant at which the clock of the API stands. */
export async function settleSmallOrganisation(api: TestApi): Promise<void> {
  for (const name of Object.keys(PEOPLE)) await settle(api, name);
  await api.directory.createAccount(api.orgId, {
    ...{ id: accountIdOf('Stray'), firstName: 'Stray', lastName: 'Cat', quotaBytes: 1_000_000 },
    ...{ address: addressOf('Stray'), password: SECRET },
  });
}

async function settle(api: TestApi, name: string): Promise<void> {
  const { orgId, clock, repositories, directory } = api;
  const { isQuiet, manager, ...fields } = PEOPLE[name]!;
  const { accountRole: role = 'user', aliases = [] } = fields;
  const accountId = accountIdOf(name);
  const named = { firstName: name, lastName: 'Harbour', address: addressOf(name), aliases };
  const account = { ...named, id: accountId, quotaBytes: 1_000_000, role, password: SECRET };
  await directory.createAccount(orgId, account, { effectKey: `made ${name}`, asOfMs: clock.nowMs });
  const id = personIdOf(name);
  await repositories.people.insert(
    aPerson(orgId, {
      ...{ ...fields, ...named, id, createdAtMs: clock.nowMs },
      accounts: [{ target: FIRST_TARGET, accountId }],
      ...(manager === undefined ? {} : { managerId: personIdOf(manager) }),
    }),
  );
  for (const address of [named.address, ...aliases])
    await repositories.claims.take(addressClaimId(orgId, address), orgId, id, clock.nowMs);
  if (isQuiet !== true) await signIn(api, name);
}

export async function signIn({ directory, orgId }: TestApi, name: string): Promise<void> {
  const { kind } = await directory.signIn(orgId, addressOf(name), SECRET);
  if (kind !== 'signed_in') throw new Error(`${name} could not sign in: ${kind}`);
}
