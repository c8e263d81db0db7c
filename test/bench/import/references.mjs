// What an import is measured against, on a store of its own each time: (a) the file parsed and its people written as they are with
// insertMany, into a collection with all the indexes of people; (b) one create() after the other, into the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connectDatabase } from '../../../dist/shared/platform/persistence/connect.js';
import { createRepositories } from '../../../dist/shared/platform/persistence/create-repositories.js';
import { internalOf } from '../../../dist/shared/platform/persistence/person-collection.js';
import { openImportFile } from '../../../dist/shared/platform/imports/open-import-file.js';
import { startStoreProcess } from '../store-process.mjs';
import { csvOf } from './people.mjs';

const BATCH = 1_000;
const ENTRY = resolve(import.meta.dirname, '..', '..', '..', 'dist', 'standalone', 'store', 'main.js');

function documentOf({ line, values: [firstName, lastName, externalId, department] }) {
  const id = `per_${String(line).padStart(26, '0')}`;
  const address = `${firstName}.${lastName}.${line}@example.com`.toLowerCase();
  const person = {
    ...{
      orgId: 'org_1',
      rev: 0,
      generation: 1,
      status: 'active',
      firstName,
      lastName,
      externalId,
      address,
      department,
    },
    ...{
      aliases: [],
      domain: 'example.com',
      accountRole: 'user',
      quotaBytes: 5 * 1024 ** 3,
      groups: [],
      protected: false,
    },
    ...{ accounts: [{ target: 'directory', accountId: id.replace('per', 'acc') }], createdAtMs: Date.now() },
  };
  return { _id: id, ...person, ...internalOf({ id, ...person }) };
}

async function withStore(rows, work) {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-import-reference-'));
  const file = join(folder, 'people.csv');
  writeFileSync(file, csvOf(rows));
  const store = await startStoreProcess({ entry: ENTRY, folder });
  const database = await connectDatabase(store.uri, { appName: 'bench' });
  try {
    await createRepositories(database).people.ensureIndexes();
    const startedAt = performance.now();
    await work(await openImportFile(file), database.connection);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await database.close();
    await store.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Seconds. */
export function insertAll(rows) {
  return withStore(rows, async (file, connection) => {
    const people = connection.collection('people');
    let batch = [];
    for await (const row of file.rows()) {
      if (batch.push(documentOf(row)) < BATCH) continue;
      await people.insertMany(batch, { ordered: false });
      batch = [];
    }
    if (batch.length > 0) await people.insertMany(batch, { ordered: false });
  });
}

/** Seconds. */
export function createEach(rows) {
  return withStore(rows, async (file, connection) => {
    const model = connection.models.people;
    for await (const row of file.rows()) await model.create(documentOf(row));
  });
}
