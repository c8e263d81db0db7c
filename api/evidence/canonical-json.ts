import { createHash } from 'node:crypto';

/**
 * One text for one value: keys in the order of their UTF-16 units, no spaces, numbers as JavaScript writes them (RFC 8785).
 * Takes plain JSON; what has no value in JSON is left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value))));
}

/** sha256 (hex) of the canonical text in UTF-8. */
export function hashOfJson(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
