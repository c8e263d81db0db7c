import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { SECRET_KEY } from '../../standalone/host/data-folder.ts';
import { inMegabytes } from '../output/in-megabytes.ts';
import { ok, problem, warning } from './finding.ts';
import type { Check } from './finding.ts';
import type { Patient } from './patient.ts';

const NOT_ENOUGH_BYTES = 100 * 1024 ** 2;
const LITTLE_BYTES = 1024 ** 3;
const OTHERS = 0o077;

export function folderChecks(patient: Patient): readonly Check[] {
  return [
    { name: 'Data folder', run: () => checkFolder(patient) },
    { name: 'Secret key', run: () => checkSecretKey(patient) },
  ];
}

function checkFolder({ folder: { root }, runningPid }: Patient) {
  const nearest = nearestExisting(root);
  if (!statSync(nearest).isDirectory() || !isWritable(nearest))
    return problem(`${nearest} cannot be written by this user: set GANGWAY_DATA to another folder.`);
  const { bavail, bsize } = statfsSync(nearest);
  const free = `${inMegabytes(bavail * bsize)} free`;
  if (bavail * bsize < NOT_ENOUGH_BYTES)
    return problem(`${root} has only ${free}: make room, or set GANGWAY_DATA to a folder on another disk.`);
  if (nearest === root && (statSync(root).mode & OTHERS) !== 0)
    return warning(`Others on this machine can look into ${root}: chmod 700 ${root}.`);
  if (bavail * bsize < LITTLE_BYTES) return warning(`${root} has only ${free}: make room before it is full.`);
  const state =
    nearest !== root
      ? 'made by the first start'
      : runningPid === undefined
        ? 'not in use'
        : `in use by process ${runningPid}`;
  return ok(`${root}, ${state}, ${free}`);
}

/** The key encrypts what the proofs need; with another one they fail. */
function checkSecretKey({ config, folder }: Patient) {
  if (config.secretKey !== undefined) return ok('GANGWAY_SECRET_KEY');
  const file = join(folder.root, SECRET_KEY);
  if (!existsSync(file)) {
    return existsSync(folder.temporalDatabase)
      ? problem(
          `${file} is missing, but there are cases: put it back, or set GANGWAY_SECRET_KEY, before the next start makes a new one.`,
        )
      : ok('made by the first start');
  }
  // As the worker and the API will read it; what is wrong is said by the reader.
  readConfig({ GANGWAY_SECRET_KEY_FILE: file });
  return (statSync(file).mode & OTHERS) === 0
    ? ok(file)
    : problem(`Others on this machine can read ${file}: chmod 600 ${file}.`);
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // Whatever the reason is, the start would meet it as well.
  }
}
