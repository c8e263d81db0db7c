import { StoreError, notSupported } from '../store-error.ts';
import { describe, isDoc, type Doc } from '../values/bson-values.ts';
import { checkPath } from '../values/paths.ts';

/** Plain inclusion or exclusion of paths; everything else a projection could say is refused. */
export type Projection = (document: Doc) => Doc;

interface Tree {
  [field: string]: Tree | true;
}

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
  if (include) return (document) => pick(document, showId === false ? tree : { _id: true, ...tree });
  return (document) => omit(document, showId === false ? { _id: true, ...tree } : tree);
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

function omit(document: Doc, tree: Tree): Doc {
  const kept: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (node !== true) kept[name] = node === undefined ? value : omitInside(value, node);
  }
  return kept;
}

function omitInside(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => omitInside(item, tree));
  return isDoc(value) ? omit(value, tree) : value;
}
