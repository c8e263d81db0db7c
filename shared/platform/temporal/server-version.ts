import type { Connection } from '@temporalio/client';
import { StartError } from '../../errors/start/start-error.ts';

/** Priorities, user metadata on activities and timers, and updates without dynamic configuration are in from here on. */
const OLDEST_SERVER_VERSION = '1.29.0';

/** Compares `major.minor.patch`; what follows a dash or a plus sign is ignored. */
export function isNewEnough(version: string, oldest: string): boolean {
  const [left, right] = [toNumbers(version), toNumbers(oldest)];
  const difference = left.map((part, index) => part - (right[index] ?? 0)).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}

function toNumbers(version: string): readonly number[] {
  const parts = (version.split(/[-+]/)[0] ?? '').split('.').map(Number);
  return [0, 1, 2].map((index) => parts[index] ?? 0).map((part) => (Number.isNaN(part) ? 0 : part));
}

/** Asks the server itself, not its binary. Throws a StartError (`TEMPORAL_TOO_OLD`) below `OLDEST_SERVER_VERSION`. */
export async function checkServerVersion(connection: Connection, address: string): Promise<string> {
  const { serverVersion } = await connection.workflowService.getClusterInfo({});
  if (!isNewEnough(serverVersion, OLDEST_SERVER_VERSION)) {
    const [version, oldest] = [serverVersion, OLDEST_SERVER_VERSION];
    throw StartError.of('TEMPORAL_TOO_OLD', { address, version, oldest });
  }
  return serverVersion;
}
