import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LogLevel } from './config/config-schema.ts';
import { currentLogFields } from './log-context.ts';
import { loggableError } from './loggable-error.ts';

export type { Logger } from 'pino';

/** Fields that must not reach a log, at the top level or one or two levels down. Messages are not searched: put values in fields. */
const SECRET_FIELDS = [
  'apiKey',
  'appPassword',
  'authorization',
  'cookie',
  'mongodbUri',
  'password',
  'secret',
  'secretKey',
  'smtpUrl',
  'token',
  'uri',
];

const redactPaths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/**
 * JSON lines, one per event, with `component`, an ISO time and a numeric `level` (40 and above: warnings and errors), and
 * with the ids of the request or activity they belong to (`withLogFields`). Goes to stdout unless a destination is given;
 * fields that hold secrets read `[redacted]`, and of an error in `err` only what may be shown is written.
 */
export function createLogger(component: string, level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { component, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: currentLogFields,
    serializers: { err: (error: unknown) => loggableError(error) },
    redact: { paths: redactPaths, censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
