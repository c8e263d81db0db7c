import { once } from 'node:events';
import { rmSync } from 'node:fs';

/** Stops what start-servers.mjs started; a second project's call finds nothing left to stop. */
export default async function stopServers() {
  const starting = globalThis.gangwayTestServers;
  globalThis.gangwayTestServers = undefined;
  if (starting === undefined) return;
  const { folder, temporal, store } = await starting;
  if (temporal.exitCode === null && temporal.signalCode === null) {
    temporal.ref();
    temporal.kill('SIGTERM');
    await once(temporal, 'exit');
  }
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
