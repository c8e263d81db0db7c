import { StoreError } from '../store-error.ts';

/**
 * How keys lie in the one ordered space of LMDB: collection (4 bytes), index (2 bytes), then the encoded fields and, in
 * an index that is not unique, the encoded `_id`. A key longer than LMDB takes is refused; a shortened one would make
 * different values equal.
 */
export const MAX_KEY_BYTES = 1978;
export const PREFIX_BYTES = 6;

const prefixes = new Map<number, Buffer>();

export function prefixOf(collectionId: number, indexId: number): Buffer {
  const number = collectionId * 0x10000 + indexId;
  const known = prefixes.get(number);
  if (known !== undefined) return known;
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(collectionId, 0);
  prefix.writeUInt16BE(indexId, 4);
  prefixes.set(number, prefix);
  return prefix;
}

export function entryKey(prefix: Buffer, ...parts: readonly Buffer[]): Buffer {
  return assertKeyLength(Buffer.concat([prefix, ...parts]));
}

export function assertKeyLength(key: Buffer): Buffer {
  if (key.length > MAX_KEY_BYTES) {
    throw new StoreError(
      'KeyTooLong',
      `an index key of ${key.length} bytes is longer than the ${MAX_KEY_BYTES} bytes this store can index`,
    );
  }
  return key;
}

/** The least key greater than every key that starts with these bytes. */
export function after(bytes: Buffer): Buffer {
  const next = Buffer.from(bytes);
  for (let at = next.length - 1; at >= 0; at--) {
    const byte = next[at] ?? 0;
    if (byte < 0xff) {
      next[at] = byte + 1;
      return next.subarray(0, at + 1);
    }
  }
  throw new RangeError('no key follows a run of 0xff bytes');
}
