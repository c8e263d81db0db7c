import { StoreError, notSupported } from '../store-error.ts';
import { describe } from '../values/bson-values.ts';

/**
 * Regular expressions run on this process's one thread, so their length is bounded; the flags are those that mean the
 * same here and in MongoDB (i, m, s).
 */
const MAX_PATTERN_LENGTH = 500;
const FLAGS = new Set(['i', 'm', 's']);
const LITERAL_PREFIX = /^\^((?:[A-Za-z0-9 _@:,;!"#%&'/<=>~`-]|\\[^A-Za-z0-9])+)/;
const QUANTIFIERS = new Set(['*', '?', '{']);

export function parseRegex(pattern: unknown, options: unknown, path: string): RegExp {
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) {
    throw new StoreError('BadValue', `$regex at '${path}' needs a string, not ${describe(pattern)}`);
  }
  if (options !== undefined && typeof options !== 'string') {
    throw new StoreError('BadValue', `$options at '${path}' needs a string, not ${describe(options)}`);
  }
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  const flags = options ?? (typeof pattern === 'string' ? '' : pattern.flags);
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new StoreError('BadValue', `$regex at '${path}' is longer than ${MAX_PATTERN_LENGTH} characters`);
  }
  for (const flag of flags) {
    if (!FLAGS.has(flag)) throw notSupported(`the regular expression option '${flag}' at '${path}'`);
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new StoreError('BadValue', `$regex at '${path}' is not valid: ${(error as Error).message}`);
  }
}

/** The text every match must start with, when the expression says so plainly: it bounds an index scan. */
export function literalPrefix(regex: RegExp): string | undefined {
  if (regex.flags !== '' || regex.source.includes('|')) return undefined;
  const literal = LITERAL_PREFIX.exec(regex.source)?.[1];
  if (literal === undefined) return undefined;
  const characters = literal.match(/\\?./gs) ?? [];
  const next = regex.source.charAt(1 + literal.length);
  if (QUANTIFIERS.has(next)) characters.pop();
  const prefix = characters.map((character) => character.slice(-1)).join('');
  return prefix === '' ? undefined : prefix;
}
