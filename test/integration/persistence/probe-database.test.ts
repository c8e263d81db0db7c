import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { connectDatabase, type Database } from '../../../shared/platform/persistence/connect.ts';
import { probeDatabase } from '../../../shared/platform/persistence/probe-database.ts';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { testVariable } from '../../support/test-variable.ts';

const uri = testVariable('GANGWAY_TEST_MONGODB_URI');

/** The same database under an address it has not passed yet. */
const freshAddress = (): string => `${uri}&appName=${randomUUID()}`;

test('probes a new address in full, and the same one less at the next start', async () => {
  const address = freshAddress();
  expect(await probeDatabase(address)).toEqual({ kind: 'accepted', extent: 'full' });
  expect(await probeDatabase(address)).toEqual({ kind: 'accepted', extent: 'small' });
});

/** A database that answers each command after changing it as `lie` says. */
async function lyingDatabase(
  address: string,
  lie: (command: string, call: () => unknown) => unknown,
): Promise<Database> {
  const database = await connectDatabase(address);
  const { connection } = database;
  const native = connection.collection('probes');
  const original = native.findOneAndUpdate.bind(native);
  native.findOneAndUpdate = ((...values: Parameters<typeof original>) =>
    lie(JSON.stringify(values[1]), () => original(...values))) as typeof original;
  return database;
}

test('refuses a database that lets two compare-and-set writes win', async () => {
  const lie = (update: string, call: () => unknown): unknown =>
    update.includes('"rev"')
      ? Promise.resolve({ _id: 'x', orgId: 'installation', rev: 1, count: 0 })
      : call();
  const result = await probeDatabase(freshAddress(), { connect: (address) => lyingDatabase(address, lie) });
  expect(result).toMatchObject({ kind: 'refused', code: 'COMPARE_AND_SET_LOST' });
});

test('refuses a database that acknowledges an increment and forgets it', async () => {
  let seen = 0;
  const lie = (update: string, call: () => unknown): unknown => {
    if (!update.includes('"count"')) return call();
    seen += 1;
    return seen === 17 ? Promise.resolve({ _id: 'x', orgId: 'installation', rev: 1, count: 17 }) : call();
  };
  const result = await probeDatabase(freshAddress(), { connect: (address) => lyingDatabase(address, lie) });
  expect(result).toMatchObject({ kind: 'refused', code: 'INCREMENTS_LOST' });
});

test('says that a database which is not there is unavailable', async () => {
  const nowhere = 'mongodb://127.0.0.1:1/gangway';
  const connecting = connectDatabase(nowhere, { serverSelectionTimeoutMs: 300 });
  await expect(connecting).rejects.toBeInstanceOf(StoreUnavailable);
});
