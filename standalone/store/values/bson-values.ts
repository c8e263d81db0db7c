import { Binary, Long, ObjectId, deserialize, serialize } from 'bson';
import { StoreError } from '../store-error.ts';

/**
 * The values the store holds: null, number, string, document, array, binary, object id, boolean, date. `decode` turns
 * 64-bit integers into numbers; what a number cannot carry exactly, and every other BSON type, is refused here and
 * never rounded.
 */
export type Doc = Record<string, unknown>;

export type ValueKind =
  'null' | 'number' | 'string' | 'object' | 'array' | 'binary' | 'objectId' | 'bool' | 'date' | 'regex';

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 100;

export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteLongs: true, promoteValues: true, promoteBuffers: false });
}

export function encode(document: Doc): Buffer {
  const bytes = serialize(document);
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) {
    throw new StoreError(
      'BSONObjectTooLarge',
      `document of ${bytes.byteLength} bytes is larger than ${MAX_DOCUMENT_BYTES}`,
    );
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The kind of a value, or undefined for one that is absent or of a type the store does not hold. */
export function kindOf(value: unknown): ValueKind | undefined {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'bool';
    case 'object':
      return kindOfObject(value);
    default:
      return undefined;
  }
}

function kindOfObject(value: object | null): ValueKind | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isDoc(value)) return 'object';
  if (value instanceof Date) return 'date';
  if (value instanceof Binary) return 'binary';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof RegExp) return 'regex';
  return undefined;
}

export function describe(value: unknown): string {
  return value === undefined ? 'missing' : (kindOf(value) ?? typeName(value));
}

function typeName(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}

/** Refuses what cannot be stored or compared: foreign types, int64 beyond 2^53, operators or dots in field names, deep nesting. */
export function assertPlainValue(value: unknown, path: string, depth = 0): void {
  if (depth > MAX_DEPTH)
    throw new StoreError('Overflow', `'${path}' is nested deeper than ${MAX_DEPTH} levels`);
  const kind = kindOf(value);
  if (kind === undefined || kind === 'regex') throw refusedType(value, path);
  if (kind === 'date' && Number.isNaN((value as Date).getTime())) {
    throw new StoreError('BadValue', `'${path}' holds a date outside the supported range`);
  }
  if (kind === 'array') {
    (value as unknown[]).forEach((item, index) => assertPlainValue(item, `${path}.${index}`, depth + 1));
  }
  if (kind === 'object') assertPlainFields(value as Doc, path, depth);
}

function assertPlainFields(document: Doc, path: string, depth: number): void {
  for (const [name, item] of Object.entries(document)) {
    assertFieldName(name, path);
    assertPlainValue(item, path === '' ? name : `${path}.${name}`, depth + 1);
  }
}

function assertFieldName(name: string, path: string): void {
  const where = path === '' ? '' : ` in '${path}'`;
  if (name === '') throw new StoreError('EmptyFieldName', `an empty field name${where} is not allowed`);
  if (name.startsWith('$')) {
    throw new StoreError(
      'DollarPrefixedFieldName',
      `the field name '${name}'${where} must not start with '$'`,
    );
  }
  if (name.includes('.'))
    throw new StoreError('DottedFieldName', `the field name '${name}'${where} must not hold a dot`);
  if (name === '__proto__')
    throw new StoreError('BadValue', `the field name '${name}'${where} is not allowed`);
}

function refusedType(value: unknown, path: string): StoreError {
  if (value instanceof Long) {
    return new StoreError(
      'BadValue',
      `'${path}' holds a 64-bit integer beyond 2^53, which this store would round`,
    );
  }
  return new StoreError(
    'BadValue',
    `'${path}' holds a value of type ${describe(value)}, which this store does not hold`,
  );
}
