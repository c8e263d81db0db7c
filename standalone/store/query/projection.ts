import { StoreError, notSupported } from '../store-error.ts';
import { decode, describe, encode, isDoc, type Doc } from '../values/bson-values.ts';
import { onlyMembers, withoutPaths, type PathTree } from '../values/partial-bson.ts';
import { checkPath } from '../values/paths.ts';

/** Plain inclusion or exclusion of paths; everything else a projection could say is refused. */
export type Projection = (bytes: Buffer) => Buffer;

type Tree = PathTree;

export function parseProjection(projection: unknown): Projection | undefined {
  if (projection === undefined) return undefined;
  if (!isDoc(projection)) {
    throw new StoreError('TypeMismatch', `a projection must be a document, not ${describe(projection)}`);
  }
  const { _id: idFlag, ...rest } = projection;
  const flags = Object.entries(rest).map(([path, value]) => ({ path, include: readFlag(path, value) }));
  const showId = idFlag === undefined ? undefined : readFlag('_id', idFlag);
  const include = flags[0]?.include ?? showId;
  if (include === undefined) return undefined;
  const odd = flags.find((flag) => flag.include !== include);
  if (odd !== undefined) {
    throw new StoreError('BadValue', `a projection cannot both include and exclude fields ('${odd.path}')`);
  }
  const tree = toTree(flags.map((flag) => flag.path));
  const withId = { _id: true as const, ...tree };
  if (!include) return (bytes) => withoutPaths(bytes, showId === false ? withId : tree);
  const picked = showId === false ? tree : withId;
  const members = onlyMembers(new Set(Object.keys(picked)));
  // Of whole members nothing is decoded.
  if (Object.values(picked).every((node) => node === true)) return members;
  return (bytes) => encode(pick(decode(members(bytes)), picked));
}

function readFlag(path: string, value: unknown): boolean {
  checkPath(path);
  if (isDoc(value) || typeof value === 'string') throw notSupported(`the projection expression at '${path}'`);
  if (typeof value !== 'boolean' && typeof value !== 'number') {
    throw new StoreError('BadValue', `the projection of '${path}' must be 0 or 1, not ${describe(value)}`);
  }
  return Boolean(value);
}

function toTree(paths: readonly string[]): Tree {
  const root: Tree = {};
  for (const path of paths) {
    const segments = path.split('.');
    const last = segments.pop() ?? '';
    let node = root;
    for (const segment of segments) {
      const next = (node[segment] ??= {});
      if (next === true) throw collision(path);
      node = next;
    }
    if (Object.hasOwn(node, last)) throw collision(path);
    node[last] = true;
  }
  return root;
}

function collision(path: string): StoreError {
  return new StoreError('BadValue', `the projection names '${path}' and a part of it`);
}

function pick(document: Doc, tree: Tree): Doc {
  const picked: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (node === undefined) continue;
    const part = node === true ? value : pickInside(value, node);
    if (part !== undefined) picked[name] = part;
  }
  return picked;
}

function pickInside(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((item) => pickInside(item, tree)).filter((item) => item !== undefined);
  return isDoc(value) ? pick(value, tree) : undefined;
}
