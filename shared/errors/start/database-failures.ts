import { failure } from './start-failure.ts';

const ANOTHER = 'set MONGODB_URI to a MongoDB server';

/** The database: one that somebody else runs, and our own ones. */
export const DATABASE_FAILURES = {
  STORE_UNREACHABLE: failure<{ readonly where: string }>(
    75,
    ({ where }) => `No database answers at ${where}`,
    () => 'check that it runs and is named right',
  ),
  DATABASE_ADDRESS_INVALID: failure(
    78,
    () => 'MONGODB_URI is not an address that the driver understands',
    () => 'check its options, and that user and password are percent-encoded',
  ),
  DATABASE_SIGN_IN_REFUSED: failure(
    78,
    () => 'The database refuses the user or the password of MONGODB_URI',
    () => 'correct them, and see that authSource names the database the user was created in',
  ),
  DATABASE_FORBIDS: failure(
    78,
    () => 'The user of MONGODB_URI may not read and write its database',
    () => 'give it the role readWrite there',
  ),
  DATABASE_TOO_OLD: failure(
    78,
    () => 'The database at MONGODB_URI is older than the driver supports',
    () => 'update it to MongoDB 8',
  ),
  COMPARE_AND_SET_LOST: failure(
    78,
    () =>
      'The database let more or fewer than one of several simultaneous compare-and-set writes win, so two workers could carry out the same step',
    () => ANOTHER,
  ),
  INCREMENTS_LOST: failure(
    78,
    () =>
      'The database acknowledged increments and did not keep all of them, so acknowledged writes can be lost',
    () => ANOTHER,
  ),
  DUPLICATE_ACCEPTED: failure(
    78,
    () => 'The database accepted two documents with the same _id, so a person could have two open cases',
    () => ANOTHER,
  ),
  DATABASE_NEWER: failure<{ readonly migration: string; readonly release: string }>(
    78,
    ({ migration, release }) =>
      `The database was changed by a newer release (${migration}, by ${release}) and this one does not know how`,
    () => 'start that release or a later one, or restore a backup from before',
  ),
  MIGRATION_CHANGED: failure<{ readonly migration: string; readonly release: string }>(
    78,
    ({ migration, release }) =>
      `The migration ${migration} was changed after release ${release} applied it to this database`,
    () => 'start a release as it was published',
  ),
  MIGRATION_BUSY: failure<{ readonly holder: string; readonly minutes: number }>(
    75,
    ({ holder, minutes }) =>
      `Another process (${holder}) has been bringing the database up to date for more than ${minutes} minutes`,
    () => 'see its log, and start this one again when it is done',
  ),
  STORE_FOLDER_IN_USE: failure<{ readonly folder: string; readonly holder: string }>(
    75,
    ({ folder, holder }) => `The folder ${folder} of the embedded store is in use by ${holder}`,
    () => 'stop that one',
  ),
  STORE_DAMAGED: failure<{ readonly folder: string; readonly reason: string }>(
    78,
    ({ folder, reason }) => `The embedded store in ${folder} cannot be opened (${reason})`,
    () => 'restore the data folder from its backup',
  ),
  STORE_IS_EMBEDDED: failure<{ readonly folder: string }>(
    78,
    ({ folder }) =>
      `The data of this installation is in the embedded store (${folder}), which a mongod does not read`,
    () => 'take mongod out of GANGWAY_DOWNLOADS, or set GANGWAY_DATA to another folder',
  ),
  MONGOD_MISSING: failure<{ readonly folder: string }>(
    78,
    ({ folder }) =>
      `The data of this installation was written by a mongod (${folder}), and there is none now`,
    () => 'put mongod on PATH, or set GANGWAY_DOWNLOADS=mongod',
  ),
  MONGOD_DOWNLOAD_FAILED: failure<{ readonly reason: string }>(
    75,
    ({ reason }) => `MongoDB could not be downloaded (${reason})`,
    () => 'connect this machine, put mongod on PATH, or take mongod out of GANGWAY_DOWNLOADS',
  ),
};
