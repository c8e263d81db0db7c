// People with accounts, written straight into the database of an installation. One in twenty never signed in though the account is old;
// one in twenty has an administrator's role. A manager has forty people.
import { createDirectory } from '../../../dist/directory/create-directory.js';
import { connectDatabase } from '../../../dist/shared/platform/persistence/connect.js';
import { createRepositories } from '../../../dist/shared/platform/persistence/create-repositories.js';
import { personAt } from '../import/people.mjs';

const AT_ONCE = 1_000;
const OLD_MS = 40 * 86_400_000;
const REPORTS = 40;

export async function fillWithPeople(installation, count) {
  const { id: orgId } = await installation.ask('GET', '/v1/organisation');
  const database = await connectDatabase(installation.storeUri(), { appName: 'bench' });
  try {
    const repositories = createRepositories(database);
    const clock = { now: () => Date.now() };
    const directory = createDirectory({
      connection: database.connection,
      clock,
      sendMail: async () => undefined,
    });
    for (let from = 0; from < count; from += AT_ONCE) {
      const people = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) =>
        personOf(orgId, from + at),
      );
      const accounts = people.map(accountOf);
      await repositories.claims.takeMany(
        people.map(({ id, address }) => ({ claimId: `addr:${orgId}:${address}`, holderId: id })),
        orgId,
        Date.now(),
      );
      const isOld = (_account, at) => (from + at) % 20 === 0;
      await directory.createAccounts(orgId, accounts.filter(isOld), Date.now() - OLD_MS);
      const isNew = (account, at) => !isOld(account, at);
      await directory.createAccounts(orgId, accounts.filter(isNew), Date.now());
      await repositories.people.insertMany(people);
    }
  } finally {
    await database.close();
  }
}

const idOf = (prefix, at) => `${prefix}_01J${String(at).padStart(23, '0')}`;

function personOf(orgId, at) {
  const [firstName, lastName, externalId, department] = personAt(at);
  const address = `${firstName}.${lastName}@example.com`.toLowerCase();
  const managerId = at % REPORTS === 0 ? undefined : idOf('per', at - (at % REPORTS));
  return {
    ...{ id: idOf('per', at), orgId, rev: 0, generation: 1, status: 'active', firstName, lastName },
    ...{ externalId, department, address, aliases: [], domain: 'example.com', quotaBytes: 5 * 1024 ** 3 },
    ...{ groups: [], protected: false, accounts: [{ target: 'directory', accountId: idOf('acc', at) }] },
    accountRole: at % 20 === 1 ? 'administrator' : 'user',
    ...(managerId === undefined ? {} : { managerId }),
    createdAtMs: at % 20 === 0 ? Date.now() - OLD_MS : Date.now(),
  };
}

function accountOf({
  accounts: [{ accountId: id }],
  firstName,
  lastName,
  address,
  quotaBytes,
  accountRole: role,
}) {
  return { ...{ id, firstName, lastName, address, quotaBytes, role }, effectKey: `bench:${id}` };
}
