import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import type { CaseRecord } from '../../../shared/domain/case-record.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import type { Database } from '../../../shared/platform/persistence/connect.ts';
import {
  createRepositories,
  ensureIndexes,
  type Repositories,
} from '../../../shared/platform/persistence/create-repositories.ts';
import { ALL_MIGRATIONS } from '../../../shared/platform/persistence/migrations/all-migrations.ts';
import { freshDatabaseUri, openDatabase } from '../../support/fresh-database.ts';
import { aCase, anOrganisation, aPerson, freshOrgId } from '../../support/test-repositories.ts';

/* What 0.1.0 wrote, and what becomes of it. */

let database: Database;
let repositories: Repositories;

beforeAll(async () => {
  database = await openDatabase(freshDatabaseUri());
  repositories = createRepositories(database);
  await ensureIndexes(repositories);
});
afterAll(() => database.close());

const NOW_MS = Date.UTC(2026, 10, 25);

/** Every page, and how many documents were changed. */
async function migrate(id: string): Promise<number> {
  const migration = ALL_MIGRATIONS.find((one) => one.id === id)!;
  let changed = 0;
  for (let after: string | undefined; ;) {
    const page = await migration.changePage(database, after, NOW_MS);
    changed += page.changed;
    after = page.next;
    if (after === undefined) return changed;
  }
}

async function twice(id: string): Promise<readonly number[]> {
  return [await migrate(id), await migrate(id)];
}

async function writtenBy010(record: CaseRecord): Promise<void> {
  await repositories.cases.insert(record);
  await database.connection
    .collection<{ _id: string }>('cases')
    .updateOne({ _id: record.id }, { $unset: { namedIds: 1 } });
}

const naming = (orgId: string, personId: string) =>
  repositories.cases.listNaming(orgId, personId, undefined, 9);

test('cases name their people for the look-up of references, a page at a time', async () => {
  const orgId = freshOrgId();
  const named = newId('per');
  const { request } = aCase(orgId);
  const cases = Array.from({ length: 205 }, (_, index) =>
    aCase(orgId, { request: index % 100 === 0 ? { ...request, successorId: named } : request }),
  );
  for (const one of cases) await writtenBy010(one);
  expect(await naming(orgId, named)).toEqual([]);
  expect(await twice('0001-name-people-of-cases')).toEqual([205, 0]);
  const found = await naming(orgId, named);
  expect(found.map(({ id }) => id)).toEqual([cases[0], cases[100], cases[200]].map((one) => one!.id));
  expect(found[0]).toEqual({ ...cases[0]!, rev: 1 });
});

test('a case whose request is changed at the same moment names the people of that request', async () => {
  const orgId = freshOrgId();
  const [before, after] = [newId('per'), newId('per')];
  const record = aCase(orgId);
  await writtenBy010({ ...record, request: { ...record.request, contactPersonId: before } });
  const cases = database.connection.collection<{ _id: string }>('cases');
  const change = cases.findOneAndUpdate.bind(cases);
  let disturbed = false;
  cases.findOneAndUpdate = (async (...values: Parameters<typeof change>) => {
    if (!disturbed) {
      disturbed = true;
      const request = { ...record.request, contactPersonId: after };
      await cases.updateOne({ _id: record.id }, { $set: { request }, $inc: { rev: 1 } });
    }
    return change(...values);
  }) as typeof cases.findOneAndUpdate;
  try {
    expect(await migrate('0001-name-people-of-cases')).toBe(1);
  } finally {
    cases.findOneAndUpdate = change;
  }
  expect(await naming(orgId, after)).toMatchObject([{ id: record.id, rev: 2 }]);
  expect(await naming(orgId, before)).toEqual([]);
});

test('an archive of a deleted account gets the end it lacks, and no other archive does', async () => {
  const deletedAtMs = Date.UTC(2026, 1, 28, 17, 30);
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId));
  const person = aPerson(orgId, { status: 'departed', country: 'BE' });
  await repositories.people.insert(person);
  const part = { orgId, part: 'part-1', manifestSha256: 'abc', messageCount: 3, bytes: 900 };
  const [deleted, open, known] = [newId('cas'), newId('cas'), newId('cas')];
  for (const caseId of [deleted, open, known]) {
    const steps =
      caseId === open
        ? []
        : [{ key: 'quarantine-address', status: 'done', round: 1, dueAtMs: deletedAtMs } as const];
    await repositories.cases.insert(aCase(orgId, { id: caseId, personId: person.id, steps }));
    await repositories.archiveParts.record({ ...part, caseId });
  }
  await repositories.archiveParts.setExpiry(orgId, known, 5);
  expect(await twice('0002-end-old-archives')).toEqual([1, 0]);
  const endOf = async (caseId: string) =>
    (await repositories.archiveParts.listByCase(orgId, caseId))[0]?.expiresAtMs;
  expect(await endOf(deleted)).toBe(Date.UTC(2036, 1, 28, 17, 30));
  expect([await endOf(open), await endOf(known)]).toEqual([undefined, 5]);
});

test.each([
  // What the older one adds would make its key one for the newer.
  ['reviews:*', '0006-let-full-keys-hold-reviews', ['reviews:*']],
  ['cases:*', '0004-let-full-keys-tell-cases', ['cases:*', 'reviews:*']],
  ['archives:*', '0003-let-full-keys-read-archives', ['archives:*', 'cases:*', 'reviews:*']],
])(
  'a key with every scope there was has %s too; a smaller or a revoked one stays as it is',
  async (added, id, later) => {
    const orgId = freshOrgId();
    const everything = ALL_SCOPES.filter((scope) => !later.includes(scope));
    const key = (scopes: readonly string[]) => ({
      ...{ id: newId('key'), orgId, hash: randomUUID(), prefix: 'gw_abcdefgh', scopes },
      ...{ ownerId: 'own_1', ownerName: 'Ada', createdAtMs: 1 },
    });
    const [full, smaller, revoked] = [key(everything), key(everything.slice(0, -1)), key(everything)];
    for (const one of [full, smaller, revoked]) await repositories.apiKeys.insert(one);
    await repositories.apiKeys.revoke(orgId, revoked.id, 2);
    expect(await twice(id)).toEqual([1, 0]);
    const scopesOf = async ({ hash }: { readonly hash: string }) =>
      (await repositories.apiKeys.findByHash(hash))?.scopes;
    expect(await scopesOf(full)).toEqual([...everything, added]);
    expect([await scopesOf(smaller), await scopesOf(revoked)]).toEqual([smaller.scopes, revoked.scopes]);
    const entries = await database.connection.collection('audit').find({ orgId }).toArray();
    expect(entries).toMatchObject([
      {
        action: 'apiKey.widened',
        actorId: 'own_gangway',
        atMs: NOW_MS,
        detail: { keyId: full.id, scopes: [added] },
      },
    ]);
  },
);

test('people get their places in the orders and are found by what they are found by now, unseen by anybody', async () => {
  const orgId = freshOrgId();
  const [older, newer] = [aPerson(orgId, { lastName: 'Łovelace' }), aPerson(orgId, { lastName: 'Adler' })];
  for (const person of [older, newer]) await repositories.people.insert(person);
  await database.connection.collection<{ _id: string }>('people').updateOne(
    { _id: older.id },
    {
      $unset: { byName: 1, byAddress: 1, byStatus: 1, searchTexts: 1 },
      $set: { searchPrefixes: ['ad', 'ada', 'łovelace'] },
    },
  );
  const listed = async (search?: string) =>
    repositories.people.list(orgId, { limit: 9, order: 'name', direction: 'desc', search });
  expect(await listed('lovel')).toEqual([]);
  expect(await twice('0005-place-people-in-orders')).toEqual([1, 0]);
  expect(await listed()).toEqual([older, newer]);
  expect(await listed('lovel')).toEqual([older]);
});
