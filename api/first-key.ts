import { requireMongodbUri } from '../shared/platform/config/config.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { connectDatabase } from '../shared/platform/persistence/connect.ts';
import { createRepositories, ensureIndexes } from '../shared/platform/persistence/create-repositories.ts';
import { whyNoDatabase } from '../shared/platform/persistence/why-no-database.ts';
import { giveUp } from '../shared/platform/start/give-up.ts';
import { firstStart } from './first-start.ts';

/*
 * Entry, for an API that runs without a supervisor: makes the organisation and the first key of an installation, and prints
 * the key, alone on standard output and only this once. Exit code 1 when there is a key already.
 */

async function makeFirstKey(uri: string): Promise<string | undefined> {
  const database = await connectDatabase(uri, { appName: 'gangway-first-key' });
  try {
    const repositories = createRepositories(database);
    await ensureIndexes(repositories);
    return await firstStart(repositories, Date.now());
  } finally {
    await database.close();
  }
}

try {
  const key = await makeFirstKey(requireMongodbUri(readConfig(process.env)));
  if (key === undefined) {
    process.stderr.write('gangway: There is a key already: it makes further ones with POST /v1/api-keys.\n');
    process.exitCode = 1;
  } else {
    process.stderr.write('The first API key, shown only this once:\n');
    process.stdout.write(`${key}\n`);
  }
} catch (error) {
  giveUp(error, whyNoDatabase);
}
