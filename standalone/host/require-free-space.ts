import { statfsSync } from 'node:fs';
import { StartError } from '../../shared/errors/start/start-error.ts';

/** With less, the databases would stop at their first larger write instead of at the start. */
const NEEDED_MB = 100;
const BYTES_PER_MB = 1024 * 1024;

/** Throws a StartError when the disk of `folder` has less than `neededMb` left for this user. */
export function requireFreeSpace(folder: string, neededMb = NEEDED_MB): void {
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / BYTES_PER_MB);
  if (freeMb < neededMb) throw StartError.of('DISK_FULL', { folder, freeMb, neededMb });
}
