import type { IndexField } from '../index/index-spec.ts';
import { StoreError, notSupported } from '../store-error.ts';
import { checkPath } from '../values/paths.ts';
import { isDoc, type Doc } from '../values/bson-values.ts';
import { checkFields, isAnything, isBoolean, isDocument, isOnly, isText } from './options.ts';

/** An index as asked for: plain ascending and descending keys, unique or not. Every other kind is refused. */
export interface RequestedIndex {
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
}

const MAX_FIELDS = 16;
const UNSUPPORTED_KINDS = [
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'hidden',
  'weights',
  'default_language',
  'wildcardProjection',
  'clustered',
];

const FIELDS = {
  key: isDocument,
  name: isText,
  unique: isBoolean,
  // Every build is a foreground build; the option has meant nothing since MongoDB 4.2.
  background: isAnything,
  v: isOnly(2),
};

export function parseIndex(spec: unknown): RequestedIndex {
  const unsupported = isDoc(spec) ? UNSUPPORTED_KINDS.find((option) => option in spec) : undefined;
  if (unsupported !== undefined) throw notSupported(`the index option '${unsupported}'`);
  checkFields(spec, 'createIndexes.indexes', FIELDS);
  const { key, name, unique } = spec as Doc;
  if (!isDoc(key) || Object.keys(key).length === 0) {
    throw new StoreError('CannotCreateIndex', 'an index needs a key with at least one field');
  }
  if (typeof name !== 'string' || name === '')
    throw new StoreError('CannotCreateIndex', 'an index needs a name');
  const fields = Object.entries(key).map(([path, direction]) => parseField(path, direction));
  if (fields.length > MAX_FIELDS)
    throw new StoreError('CannotCreateIndex', `an index has at most ${MAX_FIELDS} fields`);
  return { name, fields, unique: unique === true };
}

function parseField(path: string, direction: unknown): IndexField {
  checkPath(path);
  if (typeof direction === 'string') throw notSupported(`an index of type '${direction}'`);
  if (direction !== 1 && direction !== -1) {
    throw new StoreError('CannotCreateIndex', `the direction of '${path}' must be 1 or -1`);
  }
  return { path, descending: direction === -1 };
}
