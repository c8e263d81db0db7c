import { Problem } from './problem.ts';

const MAX_DEPTH = 8;
const LANGUAGE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses what no schema of ours could want, whatever the route: deep nesting, operator objects, keys of the language. */
export function assertHarmless(value: unknown, pointer = '', depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) throw new Problem('TOO_DEEP', { field: pointer });
  for (const [key, member] of Object.entries(value)) {
    const field = `${pointer}/${escapePointer(key)}`;
    if (key.startsWith('$') || LANGUAGE_KEYS.has(key)) throw new Problem('OPERATOR_REFUSED', { field });
    assertHarmless(member, field, depth + 1);
  }
}

/** RFC 6901. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
