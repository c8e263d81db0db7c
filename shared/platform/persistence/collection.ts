import { mongo, Schema, trusted, type Connection, type Model } from 'mongoose';
import { insertInParts } from './insert-many.ts';
import { readById } from './read-by-id.ts';

/** A document as stored: `_id` is a string we chose. */
export interface StoredDocument {
  readonly _id: string;
  readonly orgId: string;
}

type Scalar = string | number | boolean;
const COMPARISON = Symbol('comparison');
/** Made by one of the functions below and by no JSON; anything else in a filter is compared for equality. */
export interface Comparison {
  readonly [COMPARISON]: Readonly<Record<string, unknown>>;
}
export type Filter = Readonly<Record<string, Scalar | Comparison>>;

const compare = (operator: string, value: unknown): Comparison => ({
  [COMPARISON]: { [operator]: value },
});
export const below = (value: Scalar): Comparison => compare('$lt', value);
export const atMost = (value: Scalar): Comparison => compare('$lte', value);
export const above = (value: Scalar): Comparison => compare('$gt', value);
/** From one to the other, both included; an end that is absent is open, and without both ends there is nothing to compare. */
export function between(from: Scalar | undefined, until: Scalar | undefined): Comparison | undefined {
  if (from === undefined && until === undefined) return undefined;
  const ends = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(until === undefined ? {} : { $lte: until }),
  };
  return { [COMPARISON]: ends };
}
/** From one, included, to the other, not included. */
export const within = (from: Scalar, until: Scalar): Comparison => ({
  [COMPARISON]: { $gte: from, $lt: until },
});
/** Between the two, neither included. */
export const inside = (low: Scalar, high: Scalar): Comparison => ({
  [COMPARISON]: { $gt: low, $lt: high },
});
/** Of a list: one of its texts begins so. Nothing in `beginning` has a meaning of its own. */
export const beginningWith = (beginning: string): Comparison =>
  compare('$regex', `^${beginning.replace(/[^\p{L}\p{N} ]/gu, String.raw`\$&`)}`);
export const oneOf = (values: readonly Scalar[]): Comparison => compare('$in', values);

export interface Changes {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  readonly increment?: Readonly<Record<string, number>>;
}

/** `?`: may be absent. A `string` is never empty. `json` is written as it is: its shape was checked before. */
type FieldKind =
  'string' | 'string?' | 'number' | 'number?' | 'boolean' | 'boolean?' | 'strings' | 'json' | 'json?';

export interface CollectionDefinition<D extends StoredDocument> {
  readonly name: string;
  readonly fields: { readonly [K in Exclude<keyof D, keyof StoredDocument>]-?: FieldKind };
  /** Field → direction, in order. Without `_id` alone, which every collection has. */
  readonly indexes: readonly Readonly<Record<string, 1 | -1>>[];
}

/** What repositories need of a database: single-document writes, look-ups by index, ranges. Reads are plain objects. */
export interface Collection<D extends StoredDocument> {
  /** `exists` when the `_id` is taken; the stored document is left alone. */
  insert(document: D): Promise<'inserted' | 'exists'>;
  /** Gives the ids that were taken; those documents are left alone. */
  insertMany(documents: readonly D[]): Promise<ReadonlySet<string>>;
  findOne(filter: Filter): Promise<D | undefined>;
  find(filter: Filter, sort: Readonly<Record<string, 1 | -1>>, limit: number): Promise<readonly D[]>;
  /** The same without these members, which are then not read; `a.b` names one inside another. */
  findWithout<Rest>(
    omitted: readonly string[],
    filter: Filter,
    sort: Readonly<Record<string, 1 | -1>>,
    limit: number,
  ): Promise<readonly Rest[]>;
  /** How many match. Cheap where an index has all fields of the filter. */
  count(filter: Filter): Promise<number>;
  /** Changes the one document that matches and gives its new state; `undefined` when none matched. */
  changeOne(filter: Filter, changes: Changes): Promise<D | undefined>;
  /** Whether there was one to change. Cheaper where its new state is of no interest. */
  updateOne(filter: Filter, changes: Changes): Promise<boolean>;
  /** Whether one was deleted. */
  deleteOne(filter: Filter): Promise<boolean>;
  /** All that match. */
  deleteMany(filter: Filter): Promise<void>;
  ensureIndexes(): Promise<void>;
}

/** A document with many indexes takes its time. */
const MANY_INDEXES = 10;
const FEW_AT_ONCE = 250;
const MANY_AT_ONCE = 500;

const DUPLICATE_KEY = 11_000;

/** Opens a collection. `strict: 'throw'` refuses unknown fields, in writes as in filters. */
export function openCollection<D extends StoredDocument>(
  connection: Connection,
  definition: CollectionDefinition<D>,
): Collection<D> {
  const known = connection.models[definition.name] as Model<Record<string, unknown>> | undefined;
  const model = known ?? modelOf(connection, definition);
  const find = (filter: Filter) => model.find(filterOf(filter)).lean<D[]>();
  const read = readById((orgId, ids) => find({ _id: oneOf(ids), orgId }).exec());
  return {
    async insert(document) {
      try {
        await new model({ ...document }).save();
        return 'inserted';
      } catch (error) {
        if (error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY) return 'exists';
        throw error;
      }
    },
    insertMany: (documents) =>
      insertInParts(model, documents, definition.indexes.length > MANY_INDEXES ? FEW_AT_ONCE : MANY_AT_ONCE),
    async findOne(filter) {
      const { _id: id, orgId, ...others } = filter;
      if (typeof id === 'string' && typeof orgId === 'string' && Object.keys(others).length === 0)
        return read(orgId, id);
      const found = await model.findOne(filterOf(filter)).lean<D | null>().exec();
      return found ?? undefined;
    },
    find: (filter, sort, limit) => find(filter).sort(sort).limit(limit).exec(),
    findWithout: <Rest>(
      omitted: readonly string[],
      filter: Filter,
      sort: Readonly<Record<string, 1 | -1>>,
      limit: number,
    ) => {
      const projection = Object.fromEntries(omitted.map((path) => [path, 0]));
      return find(filter).select(projection).sort(sort).limit(limit).lean<Rest[]>().exec();
    },
    count: (filter) => model.countDocuments(filterOf(filter)).exec(),
    async changeOne(filter, changes) {
      const changed = await model
        .findOneAndUpdate(filterOf(filter), updateOf(changes), { returnDocument: 'after' })
        .lean<D | null>()
        .exec();
      return changed ?? undefined;
    },
    async updateOne(filter, changes) {
      const { matchedCount } = await model.updateOne(filterOf(filter), updateOf(changes)).exec();
      return matchedCount === 1;
    },
    async deleteOne(filter) {
      const deleted = await model.deleteOne(filterOf(filter)).exec();
      return deleted.deletedCount === 1;
    },
    async deleteMany(filter) {
      await model.deleteMany(filterOf(filter)).exec();
    },
    ensureIndexes: () => model.createIndexes(),
  };
}

const FIELD_TYPES = {
  string: { type: String, required: true },
  'string?': { type: String },
  number: { type: Number, required: true },
  'number?': { type: Number },
  boolean: { type: Boolean, required: true },
  'boolean?': { type: Boolean },
  strings: { type: [String], required: true },
  json: { type: Schema.Types.Mixed, required: true },
  'json?': { type: Schema.Types.Mixed },
} as const;

function modelOf<D extends StoredDocument>(
  connection: Connection,
  definition: CollectionDefinition<D>,
): Model<Record<string, unknown>> {
  const schema = new Schema<Record<string, unknown>>(
    {},
    {
      collection: definition.name,
      strict: 'throw',
      strictQuery: 'throw',
      versionKey: false,
      id: false,
      minimize: false,
      autoIndex: false,
      autoCreate: false,
    },
  );
  const fields = { _id: 'string', orgId: 'string', ...definition.fields } as Record<string, FieldKind>;
  for (const [field, kind] of Object.entries(fields)) schema.add({ [field]: { ...FIELD_TYPES[kind] } });
  for (const index of definition.indexes) schema.index({ ...index });
  return connection.model<Record<string, unknown>>(definition.name, schema);
}

function filterOf(filter: Filter): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).map(([field, value]) => [
      field,
      typeof value === 'object' && COMPARISON in value ? trusted({ ...value[COMPARISON] }) : value,
    ]),
  );
}

function updateOf(changes: Changes): Record<string, unknown> {
  const unset = changes.unset ?? [];
  return {
    ...(changes.set === undefined ? {} : { $set: { ...changes.set } }),
    ...(unset.length === 0 ? {} : { $unset: Object.fromEntries(unset.map((field) => [field, 1])) }),
    ...(changes.increment === undefined ? {} : { $inc: { ...changes.increment } }),
  };
}
