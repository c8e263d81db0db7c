import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer } from '../http/call.ts';
import { etagOf } from '../http/etag.ts';
import { utc } from '../http/instants.ts';

/** A definition as the API shows it. When it begins next, the engine knows alone. */
export async function definitionView({ reviews }: Pick<ApiContext, 'reviews'>, definition: ReviewDefinition) {
  const { orgId: _org, rev: _rev, unheard, paused, removed, createdAtMs, ...shown } = definition;
  const next = unheard ? [] : await reviews.nextTimes(definition);
  const nextAtMs = next === 'unavailable' ? undefined : next[0];
  const self = `/v1/reviews/definitions/${definition.id}`;
  return {
    ...shown,
    createdAt: utc(createdAtMs),
    arranged: !unheard,
    ...(nextAtMs === undefined ? {} : { nextAt: utc(nextAtMs) }),
    ...(paused === undefined ? {} : { paused: { by: paused.by, at: utc(paused.atMs) } }),
    ...(removed === undefined ? {} : { removed: { by: removed.by, at: utc(removed.atMs) } }),
    links: { self, reviews: `/v1/reviews?definitionId=${definition.id}` },
  };
}

export async function answerDefinition(
  context: Pick<ApiContext, 'reviews'>,
  definition: ReviewDefinition,
  status = 200,
): Promise<Answer> {
  const headers = { ETag: etagOf(definition.rev) };
  return { status, headers, body: await definitionView(context, definition) };
}
