import { WRITE_CONCERN, checkOptions, isAnything, isCount, isDocument, isList, isOnly } from './options.ts';
import type { Command } from './command.ts';
import { MAX_DOCUMENT_BYTES } from '../values/bson-values.ts';

/**
 * What a driver learns about this server: a standalone of wire version 21 without sessions (no
 * `logicalSessionTimeoutMinutes`), so it sends no session ids, no transactions and no retryable-write numbers.
 */
const WIRE_VERSION = 21;
export const MAX_MESSAGE_BYTES = 48_000_000;
/** Larger batches cost fewer flushes; but while one runs, nobody else is answered. */
const MAX_WRITE_BATCH = 2000;

const HELLO_OPTIONS = {
  helloOk: isAnything,
  client: isDocument,
  compression: isList,
  backpressure: isAnything,
  // An offer to authenticate along the way; leaving it unanswered makes the client authenticate separately.
  speculativeAuthenticate: isAnything,
  saslSupportedMechs: isAnything,
  loadBalanced: isOnly(false),
};

export const hello: Command = (_context, request) => {
  checkOptions(request.name, request.body, HELLO_OPTIONS);
  const primary = request.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true };
  return {
    helloOk: true,
    ...primary,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_WRITE_BATCH,
    localTime: new Date(),
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ...('saslSupportedMechs' in request.body ? { saslSupportedMechs: ['PLAIN'] } : {}),
    ok: 1,
  };
};

export const ping: Command = (_context, request) => {
  checkOptions('ping', request.body, { maxTimeMS: isCount });
  return { ok: 1 };
};

export const buildInfo: Command = (_context, request) => {
  checkOptions(request.name, request.body, {});
  return {
    version: '7.0.0',
    versionArray: [7, 0, 0, 0],
    gangwayStore: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    ok: 1,
  };
};

/** There are no sessions to end; a driver that closes says so all the same. */
export const endSessions: Command = (_context, request) => {
  checkOptions('endSessions', request.body, { writeConcern: WRITE_CONCERN });
  return { ok: 1 };
};
