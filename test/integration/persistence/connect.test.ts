import { expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { connectDatabase } from '../../../shared/platform/persistence/connect.ts';
import {
  StoreUnavailable,
  translatingErrors,
} from '../../../shared/platform/persistence/store-unavailable.ts';
import { freshDatabaseUri } from '../../support/fresh-database.ts';

test('writes are kept by most members and journalled, and reads see them, whatever the address asks for', async () => {
  const asked = 'w=1&journal=false&readPreference=secondaryPreferred';
  const database = await connectDatabase(`${freshDatabaseUri()}&${asked}&monitorCommands=true`);
  const sent: mongo.Document[] = [];
  database.connection
    .getClient()
    .on('commandStarted', ({ command }: mongo.CommandStartedEvent) => sent.push(command));
  try {
    const things = database.connection.collection<{ _id: string; n?: number }>('things');
    await things.insertOne({ _id: 'one' });
    await things.findOneAndUpdate({ _id: 'one' }, { $set: { n: 1 } });
    await things.deleteOne({ _id: 'one' });
    await things.createIndex({ n: 1 }, {}, {});
  } finally {
    await database.close();
  }
  const writes = sent.filter((command) => 'writeConcern' in command);
  expect(writes.map(({ writeConcern }) => writeConcern as unknown)).toEqual(
    Array.from({ length: 4 }, () => ({ w: 'majority', j: true, wtimeout: 10_000 })),
  );
  // A server that is no replica set is not told: the driver is asked.
  expect(database.connection.getClient().options.readPreference.mode).toBe('primary');
});

test.each([
  ['a member that is no longer the one that takes writes', 10_107],
  ['a member that steps down', 189],
  ['a member that shuts down', 91],
])('%s is an outage, not a fault', async (_, code) => {
  const repository = translatingErrors({
    write: () => Promise.reject(new mongo.MongoServerError({ message: 'not now', code })),
  });
  await expect(repository.write()).rejects.toBeInstanceOf(StoreUnavailable);
});

test('a write that too few members kept in time is an outage', async () => {
  const timedOut = { code: 64, errmsg: 'waiting for replication timed out', codeName: 'WriteConcernFailed' };
  const repository = translatingErrors({
    write: () => Promise.reject(new mongo.MongoWriteConcernError({ ok: 1, writeConcernError: timedOut })),
  });
  await expect(repository.write()).rejects.toBeInstanceOf(StoreUnavailable);
});

test('what the database refuses for good stays what it is', async () => {
  const refused = new mongo.MongoServerError({ message: 'no such field', code: 9 });
  const repository = translatingErrors({ write: () => Promise.reject(refused) });
  await expect(repository.write()).rejects.toBe(refused);
});
