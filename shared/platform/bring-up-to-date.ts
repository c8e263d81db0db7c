import { hostname } from 'node:os';
import { announceProgress } from './child-process.ts';
import { packageVersion } from './config/package-version.ts';
import type { Logger } from './logging.ts';
import type { Database } from './persistence/connect.ts';
import { createMigrator } from './persistence/migrations/create-migrator.ts';

const SAID_EVERY_MS = 5_000;

/**
 * Applies the migrations a database lacks, or waits until another process has. Before anything else uses the database; costs
 * one read when there is nothing to do. Throws `StartError` and `StoreUnavailable`.
 */
export async function bringUpToDate(database: Database, processName: string, logger: Logger): Promise<void> {
  let saidAt = performance.now();
  const onProgress = (sentence: string): void => {
    if (performance.now() - saidAt < SAID_EVERY_MS) return;
    saidAt = performance.now();
    logger.info(sentence);
    announceProgress(sentence);
  };
  const holder = `${processName}, process ${process.pid} on ${hostname()}`;
  const done = await createMigrator(database).run({ holder, release: packageVersion, onProgress });
  for (const { id, changed, durationMs } of done)
    logger.info({ migration: id, changed, durationMs }, 'a migration was applied');
}
