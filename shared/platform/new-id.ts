import { decodeTime, monotonicFactory } from 'ulid';
import type { IdPrefix } from '../domain/ids.ts';

const nextUlid = monotonicFactory();

/** A new id, `<prefix>_<ulid>`: opaque, unique, and in the order of creation within this process. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${nextUlid()}`;
}

/** When an id was made. */
export function madeAtMs(id: string): number {
  return decodeTime(id.slice(id.indexOf('_') + 1));
}
