import type { TestRepositories } from './test-repositories.ts';

/** Every document of an organisation in every collection, as one text. */
export async function everythingStored(
  { database }: Pick<TestRepositories, 'database'>,
  orgId: string,
): Promise<string> {
  const { db } = database.connection;
  if (db === undefined) throw new Error('the test database is not connected');
  const collections = await db.listCollections().toArray();
  const documents = await Promise.all(
    collections.map(({ name }) => db.collection(name).find({ orgId }).toArray()),
  );
  return JSON.stringify(documents.flat());
}
