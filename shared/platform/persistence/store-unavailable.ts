import { MongooseError, mongo } from 'mongoose';

/** The database did not answer, or cannot be reached. Nothing is known of the write that was under way: it may run twice. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code = 'STORE_UNAVAILABLE';
}

/** Errors of the driver that say "no answer", told apart from those that say "wrong". */
function isOutage(error: unknown): boolean {
  return (
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
