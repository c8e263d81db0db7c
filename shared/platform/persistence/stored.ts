import type { StoredDocument } from './collection.ts';

/** The `orgId` of what belongs to no organisation. */
export const INSTALLATION = 'installation';

/** A domain type as stored: its `id` becomes `_id`. */
export type Stored<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly _id: string };

export function toStored<T extends { readonly id: string }>(value: T): Stored<T> {
  const { id, ...rest } = value;
  return { _id: id, ...rest };
}

/** Gives the domain type back. `internal`: fields only the database needs. Reads are not checked again: the writes were. */
export function fromStored<D extends StoredDocument, K extends keyof D = never>(
  document: D,
  internal: readonly K[] = [],
): Omit<D, '_id' | K> & { readonly id: string } {
  const { _id, ...rest } = document;
  const dropped: readonly PropertyKey[] = internal;
  const kept = Object.entries(rest).filter(([field]) => !dropped.includes(field));
  return { id: _id, ...(Object.fromEntries(kept) as Omit<D, '_id' | K>) };
}

/** A field that is present with `undefined` is taken away; an absent one stays as it is. */
export function splitChanges(changes: Readonly<Record<string, unknown>>): {
  readonly set: Readonly<Record<string, unknown>>;
  readonly unset: readonly string[];
} {
  const entries = Object.entries(changes);
  return {
    set: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    unset: entries.filter(([, value]) => value === undefined).map(([field]) => field),
  };
}

/** What may be changed of a `T`: `undefined` takes an optional field away. */
export type ChangesOf<T> = { readonly [K in keyof T]?: T[K] | undefined };
