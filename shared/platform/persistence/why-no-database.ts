import { Error as MongooseErrors, mongo } from 'mongoose';
import { StartError, type StartErrorCode } from '../../errors/start/start-error.ts';
import { StoreUnavailable } from './store-unavailable.ts';

type AboutTheAddress = Extract<
  StartErrorCode,
  'DATABASE_ADDRESS_INVALID' | 'DATABASE_SIGN_IN_REFUSED' | 'DATABASE_FORBIDS' | 'DATABASE_TOO_OLD'
>;

/** Codes of the server. */
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

/** Why a process cannot start with the database of `MONGODB_URI`. Undefined for errors that are about something else. */
export function whyNoDatabase(error: unknown): StartError | undefined {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const code = codeOf(cause) ?? codeOf(whatAServerSaid(cause));
  if (code !== undefined) return StartError.of(code, {}, { cause });
  return error instanceof StoreUnavailable
    ? StartError.of('STORE_UNREACHABLE', { where: 'MONGODB_URI' }, { cause })
    : undefined;
}

/** That no server was found wraps a description of the servers, with what each of them said. Its class is not exported. */
function whatAServerSaid(cause: unknown): unknown {
  if (!(cause instanceof MongooseErrors.MongooseServerSelectionError)) return undefined;
  const { servers } = cause.cause as { readonly servers?: ReadonlyMap<string, { readonly error?: unknown }> };
  return [...(servers?.values() ?? [])].map(({ error }) => error).find((error) => error instanceof Error);
}

function codeOf(cause: unknown): AboutTheAddress | undefined {
  if (cause instanceof mongo.MongoServerError) {
    if (cause.code === AUTHENTICATION_FAILED) return 'DATABASE_SIGN_IN_REFUSED';
    if (cause.code === UNAUTHORIZED) return 'DATABASE_FORBIDS';
  }
  if (cause instanceof mongo.MongoCompatibilityError) return 'DATABASE_TOO_OLD';
  if (cause instanceof mongo.MongoParseError || cause instanceof mongo.MongoInvalidArgumentError)
    return 'DATABASE_ADDRESS_INVALID';
  return undefined;
}
