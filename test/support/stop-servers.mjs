import { rmSync } from 'node:fs';

/** Stops what start-servers.mjs started; a second project's call finds nothing left to stop. */
export default async function stopServers() {
  const starting = globalThis.gangwayTestServers;
  globalThis.gangwayTestServers = undefined;
  if (starting === undefined) return;
  const { folder, servers } = await starting;
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
}
