import { failure } from './start-failure.ts';

const DO_WITHOUT = 'set TEMPORAL_ADDRESS to a server that runs, or put the temporal command on PATH';

/** The Temporal server: one that somebody else runs, and where our own comes from. */
export const TEMPORAL_FAILURES = {
  TEMPORAL_UNREACHABLE: failure<{ readonly address: string }>(
    75,
    ({ address }) => `No Temporal server answers at ${address}`,
    () => 'check that it runs and that TEMPORAL_ADDRESS names it',
  ),
  TEMPORAL_SPEAKS_TLS: failure<{ readonly address: string }>(
    78,
    ({ address }) => `What answers at ${address} speaks TLS, and Gangway speaks to Temporal without it`,
    () => 'set TEMPORAL_ADDRESS to an address of a private network that takes plain gRPC',
  ),
  TEMPORAL_TOO_OLD: failure<{ readonly address: string; readonly version: string; readonly oldest: string }>(
    78,
    ({ address, version, oldest }) =>
      `The Temporal server at ${address} is version ${version}, but ${oldest} or later is needed`,
    () => 'update it',
  ),
  TEMPORAL_NAMESPACE: failure<{
    readonly namespace: string;
    readonly reason: string;
    readonly attributes: string;
  }>(
    78,
    ({ namespace, reason }) => `The Temporal namespace "${namespace}" cannot be prepared (${reason})`,
    ({ attributes }) =>
      `create it with the search attributes ${attributes}, or set TEMPORAL_NAMESPACE to one that may be changed`,
  ),
  TEMPORAL_SEARCH_ATTRIBUTE: failure<{ readonly namespace: string; readonly attribute: string }>(
    78,
    ({ namespace, attribute }) =>
      `The Temporal namespace "${namespace}" has a search attribute ${attribute} of another type`,
    () => 'set TEMPORAL_NAMESPACE to another one',
  ),
  TEMPORAL_COMMAND_BROKEN: failure<{ readonly path: string; readonly reason: string }>(
    78,
    ({ path, reason }) => `The temporal command ${path} does not run (${reason})`,
    () => 'delete it and start again, so that another one is found or built',
  ),
  NO_GO: failure(
    78,
    () => 'There is no Temporal server',
    () =>
      'set TEMPORAL_ADDRESS to one that runs, put the temporal command on PATH, or install Go (1.26 or later) and start ' +
      'again, so that it can be built; or set GANGWAY_DOWNLOADS=temporal, so that it is downloaded',
  ),
  GO_TOO_OLD: failure<{ readonly reason: string }>(
    78,
    ({ reason }) => `Temporal cannot be built with this Go (${reason})`,
    () => `install Go 1.26 or later; or ${DO_WITHOUT}`,
  ),
  GO_MODULES_UNREACHABLE: failure<{ readonly reason: string }>(
    75,
    ({ reason }) => `Temporal could not be built, because its Go modules could not be fetched (${reason})`,
    () => `connect this machine, or set GOPROXY to a mirror it reaches; or ${DO_WITHOUT}`,
  ),
  BUILD_FAILED: failure<{ readonly reason: string }>(
    70,
    ({ reason }) => `Temporal could not be built (${reason})`,
    () => DO_WITHOUT,
  ),
  TEMPORAL_DOWNLOAD_FAILED: failure<{ readonly reason: string }>(
    75,
    ({ reason }) => `Temporal could not be downloaded (${reason})`,
    () => `connect this machine; or ${DO_WITHOUT}, or install Go (1.26 or later)`,
  ),
};
