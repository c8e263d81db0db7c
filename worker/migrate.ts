import { parseArgs } from 'node:util';
import { bringUpToDate } from '../shared/platform/bring-up-to-date.ts';
import { requireMongodbUri } from '../shared/platform/config/config.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { connectDatabase } from '../shared/platform/persistence/connect.ts';
import { createMigrator } from '../shared/platform/persistence/migrations/create-migrator.ts';

/*
 * Entry of `npm run migrate`: what the start of the API or the worker does to the database at MONGODB_URI, by itself.
 * `--dry-run` says what it would do and changes nothing. Exit code 1: it could not.
 */

async function run(dryRun: boolean): Promise<void> {
  const config = readConfig(process.env);
  const database = await connectDatabase(requireMongodbUri(config), { appName: 'gangway-migrate' });
  try {
    const pending = await createMigrator(database).pending();
    if (pending.length === 0) process.stdout.write('The database is up to date.\n');
    for (const { id, description } of pending) process.stdout.write(`${id}: ${description}\n`);
    if (!dryRun) await bringUpToDate(database, 'npm run migrate', createLogger('migrate', config.logLevel));
  } finally {
    await database.close();
  }
}

try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  await run(values['dry-run']);
} catch (error) {
  process.stderr.write(`migrate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
