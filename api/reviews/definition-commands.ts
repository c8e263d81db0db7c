import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import { isReviewOver, type Review } from '../../shared/domain/reviews/review.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { arrangeDefinition } from '../../shared/platform/reviews/arrange-definition.ts';
import type { ApiContext } from '../api-context.ts';
import { noFields } from '../departures/departure-fields.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently, type Attempt } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { auditReview } from './audit-review.ts';
import { writeDefinition } from './change-definition.ts';
import { definitionOr404 } from './definition-or-404.ts';
import { answerDefinition } from './definition-view.ts';

/** No review begins by itself until it is resumed. One that is under way goes on. */
export function pauseDefinition(context: ApiContext, call: Call): Promise<Answer> {
  return command(context, call, 'reviewDefinition.paused', async () => {
    const paused = { by: call.actor.ownerId, atMs: context.now() };
    return writeDefinition(context, call, (known) =>
      known.paused !== undefined && known.removed === undefined ? undefined : { paused },
    );
  });
}

export function resumeDefinition(context: ApiContext, call: Call): Promise<Answer> {
  return command(context, call, 'reviewDefinition.resumed', async () =>
    writeDefinition(context, call, (known) =>
      known.paused === undefined && known.removed === undefined ? undefined : { paused: undefined },
    ),
  );
}

/** The schedule goes; the definition stays, for the reviews that were held by it. */
export async function removeDefinition(context: ApiContext, call: Call): Promise<Answer> {
  const options = { required: false, subjectId: newId('rvd') };
  return idempotently(context, call, options, async ({ updateId, earlierSinceMs }) => {
    const removed = { by: call.actor.ownerId, atMs: context.now() };
    const definition = await writeDefinition(context, call, (known) => {
      const isOurs = earlierSinceMs !== undefined && known.removed?.by === removed.by;
      return isOurs ? undefined : { removed };
    });
    await audit(context, call, definition, 'reviewDefinition.removed', updateId);
    return { status: 204 };
  });
}

/** Begins one now, also of a definition that is paused. */
export function triggerReview(context: ApiContext, call: Call): Promise<Answer> {
  return command(
    context,
    call,
    'reviewDefinition.triggered',
    async ({ earlierSinceMs }) => {
      const known = await definitionOr404(context, call);
      if (known.removed !== undefined) throw new Problem('REVIEW_DEFINITION_NOT_FOUND');
      const underWay = await reviewUnderWay(context, known);
      if (underWay === undefined) return trigger(context, known);
      // An attempt of this very request that died may have begun it.
      const isOurs = earlierSinceMs !== undefined && underWay.startedAtMs >= earlierSinceMs;
      if (!isOurs) throw new Problem('REVIEW_UNDER_WAY', { members: { reviewId: underWay.id } });
      return known;
    },
    202,
  );
}

async function trigger(context: ApiContext, known: ReviewDefinition): Promise<ReviewDefinition> {
  const { reviews: engine, repositories } = context;
  // A schedule that was lost begins nothing.
  const isThere = !known.unheard && (await engine.isArranged(known)) === true;
  const definition = isThere ? known : await arrangeDefinition(engine, repositories.reviews, known);
  if (definition.unheard || (await engine.trigger(definition)) === 'unavailable')
    throw new Problem('ENGINE_UNAVAILABLE', { headers: { 'Retry-After': '10' } });
  return definition;
}

/** The newest one is the only one that may not be over. */
async function reviewUnderWay(
  { repositories }: ApiContext,
  { orgId, id: definitionId }: ReviewDefinition,
): Promise<Review | undefined> {
  const [newest] = await repositories.reviews.list(orgId, { definitionId, limit: 1 });
  return newest === undefined || isReviewOver(newest) ? undefined : newest;
}

async function command(
  context: ApiContext,
  call: Call,
  action: string,
  carryOut: (attempt: Attempt) => Promise<ReviewDefinition>,
  status = 200,
): Promise<Answer> {
  parse(noFields, call.body);
  const options = { required: true, subjectId: newId('rvd') };
  return idempotently(context, call, options, async (attempt) => {
    const definition = await carryOut(attempt);
    await audit(context, call, definition, action, attempt.updateId);
    return answerDefinition(context, definition, status);
  });
}

function audit(
  context: ApiContext,
  { actor }: Call,
  { id: definitionId, orgId }: ReviewDefinition,
  action: string,
  of: string,
): Promise<void> {
  return auditReview(context, { orgId, actorId: actor.ownerId, action, of, detail: { definitionId } });
}
