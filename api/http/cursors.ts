import { z } from 'zod';
import type { Call } from './call.ts';
import { Problem } from './problem.ts';

/** A list as its cursors name it, and the form of its keys. */
export interface CursorOwner {
  readonly name: string;
  readonly key: RegExp;
}

export function cursorOf({ name }: CursorOwner, key: string): string {
  return Buffer.from(JSON.stringify([name, key])).toString('base64url');
}

const cursor = z.tuple([z.string(), z.string()]);

/** The key in a cursor of this list. Throws `CURSOR_INVALID`. */
export function keyIn(
  { name, key }: CursorOwner,
  given: string,
  field: 'after' | 'before' = 'after',
): string {
  // The key itself was the cursor in 0.1.0.
  if (key.test(given)) return given;
  const parsed = cursor.safeParse(parsedJson(Buffer.from(given, 'base64url').toString()));
  if (!parsed.success || parsed.data[0] !== name || !key.test(parsed.data[1]))
    throw new Problem('CURSOR_INVALID', { field });
  return parsed.data[1];
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same request for another page (RFC 8288). */
export function linkTo(
  call: Call,
  rel: 'next' | 'prev',
  page: { readonly after: string } | { readonly before: string },
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query as Readonly<Record<string, string | string[]>>))
    for (const one of [value].flat()) if (name !== 'after' && name !== 'before') query.append(name, one);
  for (const [name, value] of Object.entries(page)) query.set(name, value);
  return `<${call.path}?${query.toString()}>; rel="${rel}"`;
}
