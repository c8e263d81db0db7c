import { createHash } from 'node:crypto';
import type { Answer, Call } from './call.ts';
import { Problem } from './problem.ts';

/** RFC 9110, 8.8.3, with the comma or the end of the list that follows it. */
const TAG = /[ \t]*(?<weak>W\/)?"(?<value>[\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,|$)/uy;
const REVISION = /^(?<rev>\d{1,15})(?:-[0-9a-f]+)?$/u;
const DIGEST_LENGTH = 16;

/** Which revisions the caller wants to change. */
export type Condition = (rev: number) => boolean;

/** The strong tag of a revision. */
export function etagOf(rev: number): string {
  return `"${rev}"`;
}

/**
 * An answer to GET with its tag. `mixed`: it also shows what does not count up the revision, so the tag is of the content as
 * well, and nobody takes an old content for the present one. `If-Match` compares the revision alone.
 */
export function tagged(rev: number, body: unknown, mixed?: 'mixed'): Answer {
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, DIGEST_LENGTH);
  const ETag = mixed === undefined ? etagOf(rev) : `"${rev}-${digest}"`;
  return { status: 200, headers: { ETag, 'Cache-Control': 'private, no-cache' }, body };
}

/**
 * What `If-Match` asks for; absent or `*`, any revision will do. Whoever changes something compares in the very write.
 * Throws `ETAG_MALFORMED`.
 */
export function conditionOf(call: Pick<Call, 'header'>): Condition | undefined {
  const tags = tagsIn(call, 'If-Match');
  if (tags === undefined || tags === 'any') return undefined;
  // 13.1.1: compared strongly, so a weak tag matches nothing.
  const strong = tags.filter((tag) => !tag.weak);
  const revisions = strong.map(({ value }) => Number(REVISION.exec(value)?.groups?.['rev'] ?? NaN));
  return (rev) => revisions.includes(rev);
}

/** Throws `PRECONDITION_FAILED` with the current tag where the caller means another revision. */
export function assertMeant(condition: Condition | undefined, rev: number): void {
  if (condition !== undefined && !condition(rev)) throw outdated(rev);
}

export function outdated(rev: number): Problem {
  return new Problem('PRECONDITION_FAILED', { field: 'If-Match', headers: { ETag: etagOf(rev) } });
}

/** Whether the caller of a GET has this representation already (13.1.2: compared weakly). */
export function isKnown(call: Pick<Call, 'header'>, etag: string): boolean {
  const tags = tagsIn(call, 'If-None-Match');
  if (tags === undefined || tags === 'any') return tags === 'any';
  return tags.some(({ value }) => `"${value}"` === etag);
}

interface EntityTag {
  readonly weak: boolean;
  readonly value: string;
}

function tagsIn(
  call: Pick<Call, 'header'>,
  field: 'If-Match' | 'If-None-Match',
): 'any' | readonly EntityTag[] | undefined {
  const text = call.header(field);
  if (text === undefined) return undefined;
  if (text.trim() === '*') return 'any';
  const tags: EntityTag[] = [];
  TAG.lastIndex = 0;
  for (let end = 0; end < text.length; end = TAG.lastIndex) {
    const found = TAG.exec(text)?.groups;
    if (found === undefined) throw new Problem('ETAG_MALFORMED', { field });
    tags.push({ weak: found['weak'] !== undefined, value: found['value'] ?? '' });
  }
  if (tags.length === 0) throw new Problem('ETAG_MALFORMED', { field });
  return tags;
}
