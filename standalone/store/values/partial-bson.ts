import { onDemand } from 'bson';
import type { Doc } from './bson-values.ts';

/** What is left out of a document: a member as a whole, or parts of it. */
export interface PathTree {
  [field: string]: PathTree | true;
}

/** A member of a document: its type, where its name is, where its value is. Offsets and lengths in bytes. */
type Element = readonly [
  type: number,
  nameAt: number,
  nameLength: number,
  valueAt: number,
  valueLength: number,
];

const OBJECT = 3;
const ARRAY = 4;
const SIZE_BYTES = 4;
const END = Buffer.of(0);

/**
 * Cuts a document down to these members. What takes most of the time of a read is the decoding of what nobody asks for, and of
 * that the names: they are compared as bytes.
 */
export function onlyMembers(names: ReadonlySet<string>): (bytes: Buffer) => Buffer {
  const wanted = [...names].map((name) => Buffer.from(name));
  return (bytes) => {
    const parts: Buffer[] = [];
    for (const element of onDemand.parseToElements(bytes)) {
      const [, nameAt, nameLength] = element;
      const isWanted = wanted.some(
        (name) => name.length === nameLength && name.compare(bytes, nameAt, nameAt + nameLength) === 0,
      );
      if (isWanted) parts.push(whole(bytes, element));
    }
    return documentOf(parts);
  };
}

/** Everything but these paths; a path goes through arrays, as in a projection. */
export function withoutPaths(bytes: Buffer, tree: PathTree): Buffer {
  const parts = membersOf(bytes).flatMap((element) => {
    const name = nameOf(bytes, element);
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (node === true) return [];
    return node === undefined
      ? [whole(bytes, element)]
      : [head(bytes, element), inside(bytes, element, node)];
  });
  return documentOf(parts);
}

/** The members of a document that a filter looks at. */
export function membersIn(filter: Doc): ReadonlySet<string> {
  const names = Object.entries(filter).flatMap(([key, value]): readonly string[] =>
    key.startsWith('$')
      ? (value as Doc[]).flatMap((branch) => [...membersIn(branch)])
      : [key.split('.')[0] ?? key],
  );
  return new Set(names);
}

function inside(bytes: Buffer, [type, , , at, length]: Element, tree: PathTree): Buffer {
  const value = bytes.subarray(at, at + length);
  if (type === OBJECT) return withoutPaths(value, tree);
  if (type !== ARRAY) return value;
  const items = membersOf(value).flatMap((item) => [head(value, item), inside(value, item, tree)]);
  return documentOf(items);
}

function membersOf(bytes: Buffer): readonly Element[] {
  return [...onDemand.parseToElements(bytes)];
}

function nameOf(bytes: Buffer, [, at, length]: Element): string {
  return bytes.toString('utf8', at, at + length);
}

/** The type, the name and the byte that ends it. */
function head(bytes: Buffer, [, nameAt, , valueAt]: Element): Buffer {
  return bytes.subarray(nameAt - 1, valueAt);
}

function whole(bytes: Buffer, [, nameAt, , valueAt, valueLength]: Element): Buffer {
  return bytes.subarray(nameAt - 1, valueAt + valueLength);
}

function documentOf(parts: readonly Buffer[]): Buffer {
  const size = Buffer.alloc(SIZE_BYTES);
  const document = Buffer.concat([size, ...parts, END]);
  document.writeInt32LE(document.length);
  return document;
}
