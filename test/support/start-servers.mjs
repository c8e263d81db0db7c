import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgressPrinter } from '../../dist/standalone/temporal/print-progress.js';
import { startPrivateServers } from '../../dist/standalone/private-engine/private-servers.js';

/**
 * Starts one Temporal server (in memory, with time skipping) and one embedded store for the whole run, however many
 * projects ask, and names them to the tests: GANGWAY_TEST_TEMPORAL_ADDRESS, GANGWAY_TEST_TEMPORAL_BINARY,
 * GANGWAY_TEST_MONGODB_URI.
 */
export default async function startServers() {
  globalThis.gangwayTestServers ??= start();
  await globalThis.gangwayTestServers;
}

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-test-'));
  const servers = await startPrivateServers({ folder, onProgress: createProgressPrinter(process.stderr) });
  process.env.GANGWAY_TEST_TEMPORAL_ADDRESS = servers.temporalAddress;
  process.env.GANGWAY_TEST_TEMPORAL_BINARY = servers.temporalBinary;
  process.env.GANGWAY_TEST_MONGODB_URI = servers.mongodbUri;
  return { folder, servers };
}
