import type { TestRepositories } from './test-repositories.ts';

type Stored = Readonly<Record<string, unknown>>;

/** Every document of an organisation in every collection, as one text. */
export async function everythingStored(
  repositories: Pick<TestRepositories, 'database'>,
  orgId: string,
): Promise<string> {
  const documents = await documentsOf(repositories, orgId);
  return JSON.stringify(documents.map(([, document]) => document));
}

/** The same one by one, each with the name of its collection. */
export async function documentsOf(
  { database }: Pick<TestRepositories, 'database'>,
  orgId: string,
): Promise<readonly (readonly [string, Stored])[]> {
  const { db } = database.connection;
  if (db === undefined) throw new Error('the test database is not connected');
  const collections = await db.listCollections().toArray();
  const documents = await Promise.all(
    collections.map(async ({ name }) => {
      const found = await db.collection(name).find({ orgId }).toArray();
      return found.map((document) => [name, document] as const);
    }),
  );
  return documents.flat();
}
