import { MongooseError, mongo } from 'mongoose';

/** The database did not answer, or cannot be reached. Nothing is known of the write that was under way: it may run twice. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code = 'STORE_UNAVAILABLE';
}

/** A member of a replica set that is not, or no longer, the one that takes writes: another will be chosen. */
const NO_PRIMARY: ReadonlySet<unknown> = new Set([91, 189, 10_107, 11_600, 11_602, 13_435]);

/** Errors of the driver that say "no answer", told apart from those that say "wrong". */
function isOutage(error: unknown): boolean {
  return (
    error instanceof mongo.MongoWriteConcernError ||
    (error instanceof mongo.MongoServerError && NO_PRIMARY.has(error.code)) ||
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoServerClosedError ||
    (error instanceof MongooseError && error.message.includes('bufferCommands'))
  );
}

/** The driver's outages become `StoreUnavailable`; everything else stays what it is. */
function asStoreError(error: unknown): unknown {
  if (!isOutage(error)) return error;
  return new StoreUnavailable('The database did not answer.', { cause: error });
}

/** Gives a repository whose methods throw `StoreUnavailable` where the driver would throw its own kinds of outage. */
export function translatingErrors<T extends object>(repository: T): T {
  return new Proxy(repository, {
    get(target, key): unknown {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return async (...values: unknown[]): Promise<unknown> => {
        try {
          return await Reflect.apply(member, target, values);
        } catch (error) {
          throw asStoreError(error);
        }
      };
    },
  });
}
