import mongoose from 'mongoose';
import { DirectoryUnavailable } from '../directory-errors.ts';

const duplicateKey = 11_000;

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === duplicateKey;
}

/**
 * Database errors become `DirectoryUnavailable`. Their texts may quote documents, so only names and codes are kept; the
 * same goes for a document that does not fit its schema, which is a mistake of ours and stays an ordinary error.
 */
function translated(error: unknown): unknown {
  if (error instanceof mongoose.mongo.MongoServerError) {
    return new DirectoryUnavailable(`the directory's database answered ${error.name} ${String(error.code)}`);
  }
  if (error instanceof mongoose.mongo.MongoError) {
    return new DirectoryUnavailable(`the directory's database is not reachable: ${error.name}`);
  }
  if (error instanceof mongoose.Error.ValidationError) {
    return new TypeError(
      `a directory document does not fit its schema at ${Object.keys(error.errors).join(', ')}`,
    );
  }
  if (error instanceof mongoose.Error.CastError || error instanceof mongoose.Error.StrictModeError) {
    return new TypeError(`a directory document or query does not fit its schema at ${error.path}`);
  }
  if (error instanceof mongoose.Error) {
    return new DirectoryUnavailable(`the directory's database is not reachable: ${error.name}`);
  }
  return error;
}

export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}
