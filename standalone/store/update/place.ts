import { StoreError } from '../store-error.ts';
import { describe, isDoc, type Doc } from '../values/bson-values.ts';
import { isArrayIndex } from '../values/paths.ts';

/**
 * The place a path names inside a document. Looking never changes the document; writing creates the documents on the
 * way, and refuses to go through a value that is neither document nor array (code 28).
 */
export interface Place {
  readonly value: unknown;
  readonly write: (value: unknown) => void;
  readonly remove: () => void;
}

/** Writing far behind the end of an array fills it with nulls: bounded, so that one path cannot fill the memory. */
const MAX_PADDING = 1000;

type Container = Doc | unknown[];

export function placeAt(document: Doc, segments: readonly string[], path: string): Place {
  let container: Container = document;
  for (let at = 0; at < segments.length - 1; at++) {
    const next = read(container, segments[at] ?? '', path);
    if (next === undefined) return absentPlace(container, segments.slice(at), path);
    if (!isDoc(next) && !Array.isArray(next)) throw notViable(segments[at + 1] ?? '', path, next);
    container = next;
  }
  return presentPlace(container, segments[segments.length - 1] ?? '', path);
}

function presentPlace(container: Container, segment: string, path: string): Place {
  return {
    value: read(container, segment, path),
    write: (value) => put(container, segment, value, path),
    remove: () => {
      if (!Array.isArray(container)) Reflect.deleteProperty(container, segment);
      else if (Number(segment) < container.length) container[Number(segment)] = null;
    },
  };
}

function absentPlace(container: Container, missing: readonly string[], path: string): Place {
  return {
    value: undefined,
    write: (value) => {
      const [first = '', ...rest] = missing;
      const branch = rest.reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), value);
      put(container, first, branch, path);
    },
    remove: () => undefined,
  };
}

function read(container: Container, segment: string, path: string): unknown {
  if (!Array.isArray(container)) return Object.hasOwn(container, segment) ? container[segment] : undefined;
  if (!isArrayIndex(segment)) throw notViable(segment, path, container);
  return container[Number(segment)];
}

function put(container: Container, segment: string, value: unknown, path: string): void {
  if (!Array.isArray(container)) {
    container[segment] = value;
    return;
  }
  const index = Number(segment);
  if (index > container.length + MAX_PADDING) {
    throw new StoreError(
      'BadValue',
      `'${path}' lies more than ${MAX_PADDING} elements behind the end of the array`,
    );
  }
  while (container.length < index) container.push(null);
  container[index] = value;
}

function notViable(segment: string, path: string, found: unknown): StoreError {
  return new StoreError(
    'PathNotViable',
    `Cannot create field '${segment}' on the way to '${path}' in a value of type ${describe(found)}`,
  );
}
