import mongoose from 'mongoose';
import type { Connection, Model, QueryFilter, Schema, UpdateQuery } from 'mongoose';
import { insertInParts } from '../../shared/platform/persistence/insert-many.ts';
import { readById } from '../../shared/platform/persistence/read-by-id.ts';
import { guarded, isDuplicateKey } from './translate-error.ts';

export type StoreConnection = Connection;

export interface Stored {
  readonly _id: string;
  readonly orgId: string;
}

/** One collection of the directory. Reads are plain objects; every query names the organisation; errors are translated. */
export interface Collection<T extends Stored> {
  find(orgId: string, id: string): Promise<T | undefined>;
  /** Those that exist, in no order. */
  findMany(orgId: string, ids: readonly string[]): Promise<readonly T[]>;
  insert(document: T): Promise<'inserted' | 'exists'>;
  /** Gives the ids that were taken; those documents are left alone. */
  insertMany(documents: readonly T[]): Promise<ReadonlySet<string>>;
  /** Up to `limit` documents that have these values, by id, from the one after `afterId` (`''`: the first). */
  page(
    orgId: string,
    where: Partial<T>,
    afterId: string,
    limit: number,
    omit?: keyof T & string,
  ): Promise<readonly T[]>;
  /** As `page`, but of each document only its id and these fields: what is not read costs nothing. */
  pageOf<K extends keyof T & string>(
    orgId: string,
    where: Partial<T>,
    range: { readonly afterId: string; readonly limit: number },
    fields: readonly K[],
  ): Promise<readonly Pick<T, K | '_id'>[]>;
  /** As `findMany`, with the same economy. */
  findManyOf<K extends keyof T & string>(
    orgId: string,
    ids: readonly string[],
    fields: readonly K[],
  ): Promise<readonly Pick<T, K | '_id'>[]>;
  /** True when something was removed. */
  remove(orgId: string, id: string): Promise<boolean>;
  /** Removes every document that has these values, a page at a time. */
  removeAll(orgId: string, where: Partial<T>): Promise<void>;
  prepare(): Promise<void>;
}

export interface RevisedCollection<T extends Stored & { readonly rev: number }> extends Collection<T> {
  /** Puts `next` in the place of `current` when nobody changed it since; `undefined` when somebody did. */
  replace(current: T, next: T): Promise<T | undefined>;
}

/** Bytes come back as a `Buffer`, not as the driver's wrapper. */
const readOptions = { sanitizeFilter: true, promoteBuffers: true } as const;
const removalPage = 200;
const INSERTED_AT_ONCE = 500;

function modelOf<T>(connection: Connection, name: string, schema: Schema): Model<T> {
  return (connection.models[name] ?? connection.model(name, schema, name)) as unknown as Model<T>;
}

type Fields = Readonly<Record<string, 0 | 1>>;

function only(fields: readonly string[]): Fields {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}

function filterOf<T>(fields: object): QueryFilter<T> {
  return fields;
}

export function createCollection<T extends Stored>(
  connection: Connection,
  name: string,
  schema: Schema,
): Collection<T> {
  const model = modelOf<T>(connection, name, schema);

  const readPage = <P>(
    orgId: string,
    where: Partial<T>,
    range: { readonly afterId: string; readonly limit: number },
    projection: Fields | null,
  ): Promise<readonly P[]> =>
    guarded(() => {
      const filter = filterOf<T>({ ...where, orgId, _id: mongoose.trusted({ $gt: range.afterId }) });
      const found = model.find(filter, projection, readOptions).sort({ _id: 1 }).limit(range.limit);
      return found.lean<P[]>().exec();
    });
  const page: Collection<T>['page'] = (orgId, where, afterId, limit, omit) =>
    readPage<T>(orgId, where, { afterId, limit }, omit === undefined ? null : { [omit]: 0 });

  const readMany = <P>(orgId: string, ids: readonly string[], projection: Fields | null) =>
    model
      .find(filterOf<T>({ _id: mongoose.trusted({ $in: ids }), orgId }), projection, readOptions)
      .lean<P[]>()
      .exec();
  const read = readById<T>((orgId, ids) => readMany<T>(orgId, ids, null));

  return {
    page,
    pageOf: (orgId, where, range, fields) => readPage(orgId, where, range, only(fields)),
    find: (orgId, id) => guarded(() => read(orgId, id)),
    findMany: async (orgId, ids) => (ids.length === 0 ? [] : guarded(() => readMany<T>(orgId, ids, null))),
    findManyOf: async (orgId, ids, fields) =>
      ids.length === 0 ? [] : guarded(() => readMany(orgId, ids, only(fields))),
    insert: (document) =>
      guarded(async () => {
        try {
          await new model(document).save();
          return 'inserted';
        } catch (error) {
          if (isDuplicateKey(error)) return 'exists';
          throw error;
        }
      }),
    insertMany: (documents) => guarded(() => insertInParts(model, documents, INSERTED_AT_ONCE)),
    remove: (orgId, id) =>
      guarded(
        async () =>
          (await model.deleteOne(filterOf<T>({ _id: id, orgId }), readOptions).exec()).deletedCount === 1,
      ),
    removeAll: async (orgId, where) => {
      for (;;) {
        const ids = (await page(orgId, where, '', removalPage)).map((document) => document._id);
        if (ids.length === 0) return;
        await guarded(() =>
          model.deleteMany(filterOf<T>({ orgId, _id: mongoose.trusted({ $in: ids }) }), readOptions).exec(),
        );
      }
    },
    prepare: () => guarded(() => model.createIndexes()),
  };
}

export function createRevisedCollection<T extends Stored & { readonly rev: number }>(
  connection: Connection,
  name: string,
  schema: Schema,
): RevisedCollection<T> {
  const model = modelOf<T>(connection, name, schema);
  return {
    ...createCollection<T>(connection, name, schema),
    replace: (current, next) =>
      guarded(async () => {
        const kept = Object.entries(next).filter(
          ([key, value]) => value !== undefined && !fixedFields.has(key),
        );
        const gone = Object.keys(current).filter(
          (key) => !fixedFields.has(key) && !kept.some(([name]) => name === key),
        );
        const update = {
          $set: Object.fromEntries(kept),
          $inc: { rev: 1 },
          ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((key) => [key, 1])) }),
        } as UpdateQuery<T>;
        const filter = filterOf<T>({ _id: current._id, orgId: current.orgId, rev: current.rev });
        const changed = await model
          .findOneAndUpdate(filter, update, { ...readOptions, returnDocument: 'after' })
          .lean<T>()
          .exec();
        return changed ?? undefined;
      }),
  };
}

const fixedFields: ReadonlySet<string> = new Set(['_id', 'orgId', 'rev']);
