import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { arrangeDefinition } from '../../shared/platform/reviews/arrange-definition.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { auditReview } from './audit-review.ts';
import { checkDefinition, usualDefinition } from './check-definition.ts';
import { definitionFields } from './definition-fields.ts';
import { answerDefinition } from './definition-view.ts';

/** Writes the definition and has its schedule made. While the engine is away it waits: the reconciler arranges it. */
export async function createDefinition(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(definitionFields, call.body);
  const { orgId, ownerId } = call.actor;
  const { reviews } = context.repositories;
  const options = { required: false, subjectId: newId('rvd') };
  return idempotently(context, call, options, async ({ subjectId: id }) => {
    const usual = await usualDefinition(context, orgId, wanted);
    const made: ReviewDefinition = {
      ...(await checkDefinition(context, call, wanted, usual)),
      ...{ id, orgId, rev: 0, requestedBy: ownerId, createdAtMs: context.now(), unheard: true },
    };
    const isNew = (await reviews.insertDefinition(made)) === 'inserted';
    const written = isNew ? made : ((await reviews.getDefinition(orgId, id)) ?? made);
    const action = 'reviewDefinition.created';
    await auditReview(context, { orgId, actorId: ownerId, action, of: id, detail: { definitionId: id } });
    const arranged = written.unheard ? await arrangeDefinition(context.reviews, reviews, written) : written;
    const answer = await answerDefinition(context, arranged, 201);
    return { ...answer, headers: { ...answer.headers, Location: `/v1/reviews/definitions/${id}` } };
  });
}
