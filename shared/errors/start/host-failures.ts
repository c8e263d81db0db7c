import { failure } from './start-failure.ts';

/** Folders and ports of this machine. */
export const HOST_FAILURES = {
  DATA_FOLDER_IN_USE: failure<{ readonly folder: string; readonly pid: number }>(
    75,
    ({ folder, pid }) => `The data folder ${folder} is in use by process ${pid}`,
    () => 'stop that one, or set GANGWAY_DATA to another folder',
  ),
  DATA_FOLDER_UNUSABLE: failure<{ readonly folder: string; readonly reason: string }>(
    78,
    ({ folder, reason }) => `The data folder ${folder} cannot be written (${reason})`,
    () => 'set GANGWAY_DATA to another one',
  ),
  DISK_FULL: failure<{ readonly folder: string; readonly freeMb: number; readonly neededMb: number }>(
    75,
    ({ folder, freeMb, neededMb }) =>
      `The disk of the data folder ${folder} has ${freeMb} MB left, but ${neededMb} MB are needed`,
    () => 'free some, or set GANGWAY_DATA to a folder elsewhere',
  ),
  CACHE_FOLDER_UNUSABLE: failure<{ readonly folder: string; readonly reason: string }>(
    78,
    ({ folder, reason }) => `The cache folder ${folder} cannot be written (${reason})`,
    () => 'set GANGWAY_CACHE to another one',
  ),
  PORT_IN_USE: failure<{ readonly port: number; readonly what: string; readonly variable: string }>(
    75,
    ({ port, what }) => `Port ${port}, which ${what} needs, is in use`,
    ({ variable }) => `set ${variable} to another one`,
  ),
  PORT_UNAVAILABLE: failure<{
    readonly port: number;
    readonly what: string;
    readonly reason: string;
    readonly variable: string;
  }>(
    78,
    ({ port, what, reason }) => `Port ${port}, which ${what} needs, cannot be listened on (${reason})`,
    ({ variable }) =>
      `set ${variable}, or the address that goes with it, to one that this user may listen on`,
  ),
};
