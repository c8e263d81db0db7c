import { failure } from './start-failure.ts';

/** The package itself, its configuration and its processes. */
export const PACKAGE_FAILURES = {
  NODE_TOO_OLD: failure<{ readonly version: string; readonly oldest: string }>(
    78,
    ({ version, oldest }) => `Node.js ${version} runs this, but ${oldest} or later is needed`,
    () => 'install a newer one',
  ),
  DEPENDENCIES_MISSING: failure(
    78,
    () => 'The dependencies are not installed',
    () => 'run npm ci',
  ),
  COMPILE_FAILED: failure<{ readonly step: string }>(
    70,
    ({ step }) => `${step} failed`,
    () => 'the messages above say why',
  ),
  NOT_BUILT: failure<{ readonly file: string }>(
    78,
    ({ file }) => `${file} is missing`,
    () => 'run npm run build',
  ),
  BAD_VARIABLE: failure<{ readonly variable: string; readonly expectation: string }>(
    78,
    ({ variable, expectation }) => `${variable} ${expectation}`,
  ),
  VARIABLE_MISSING: failure<{ readonly variable: string; readonly when: string }>(
    78,
    ({ variable, when }) => `${variable} must be set ${when}`,
  ),
  SECRET_GIVEN_TWICE: failure<{ readonly variable: string }>(
    78,
    ({ variable }) => `${variable}_FILE and ${variable} are both set`,
    () => 'keep one of them',
  ),
  SECRET_FILE_UNREADABLE: failure<{
    readonly variable: string;
    readonly file: string;
    readonly reason: string;
  }>(
    78,
    ({ variable, file, reason }) => `${variable}_FILE names a file that cannot be read (${file}, ${reason})`,
    () => 'name one that exists and that this user may read',
  ),
  SECRET_FILE_EMPTY: failure<{ readonly variable: string; readonly file: string }>(
    78,
    ({ variable, file }) => `${variable}_FILE names an empty file (${file})`,
    () => 'write the secret into it',
  ),
  SECRET_KEY_CHANGED: failure(
    78,
    () => 'A stored secret does not open with GANGWAY_SECRET_KEY, so it is not the key that sealed it',
    () =>
      'put the old key back; where none was set it is the file secret-key of the data folder, or of its backup; where it is lost, see docs/runbook.md',
  ),
  NATIVE_MODULE_MISSING: failure<{ readonly module: string }>(
    78,
    ({ module }) => `The package ${module} has no binary that loads on this machine`,
    () => 'run npm ci on this machine, without leaving out optional dependencies',
  ),
  CHILD_FAILED: failure<{ readonly name: string; readonly reason: string; readonly logFile: string }>(
    70,
    ({ name, reason }) => `The ${name} process ${reason} at every attempt`,
    ({ logFile }) => `see ${logFile}`,
  ),
  INTERRUPTED: failure(130, () => 'The start was interrupted'),
};
