import { keyPattern, type IndexSpec } from '../index/index-spec.ts';
import { EMPTY_ARRAY_KEY } from '../index/key-encoder.ts';
import { StoreError } from '../store-error.ts';

/**
 * Code 11000 with the fields drivers and mongoose read: which index, which values. The values stay out of the message,
 * which may end up in a log.
 */
export function duplicateKey(namespace: string, index: IndexSpec, values: readonly unknown[]): StoreError {
  const keyValue = Object.fromEntries(
    index.fields.map((field, at) => [field.path, values[at] === EMPTY_ARRAY_KEY ? [] : (values[at] ?? null)]),
  );
  return new StoreError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${Object.keys(keyValue).join(', ')} }`,
    { keyPattern: keyPattern(index), keyValue },
  );
}
