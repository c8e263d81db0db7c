import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { DefinitionChanges } from '../../shared/platform/persistence/review-repository.ts';
import { arrangeDefinition } from '../../shared/platform/reviews/arrange-definition.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { assertMeant, conditionOf } from '../http/etag.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { auditReview } from './audit-review.ts';
import { checkDefinition } from './check-definition.ts';
import { definitionChanges } from './definition-fields.ts';
import { definitionOr404 } from './definition-or-404.ts';
import { answerDefinition } from './definition-view.ts';

/** The reconciler notes what it arranged at the same moment. */
const MAX_ATTEMPTS = 10;

/**
 * Changes the definition of the address as `decide` says of the revision that is written over, and then its schedule; nothing where it
 * says `undefined`. Throws `PRECONDITION_FAILED` where `If-Match` means another revision.
 */
export async function writeDefinition(
  context: ApiContext,
  call: Call,
  decide: (known: ReviewDefinition) => DefinitionChanges | undefined | Promise<DefinitionChanges | undefined>,
): Promise<ReviewDefinition> {
  const condition = conditionOf(call);
  const { reviews } = context.repositories;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const known = await definitionOr404(context, call);
    const changes = await decide(known);
    if (changes === undefined)
      return known.unheard ? arrangeDefinition(context.reviews, reviews, known) : known;
    if (known.removed !== undefined) throw new Problem('REVIEW_DEFINITION_NOT_FOUND');
    assertMeant(condition, known.rev);
    const changed = await reviews.updateDefinition(known, { ...changes, unheard: true });
    if (changed !== undefined) return arrangeDefinition(context.reviews, reviews, changed);
  }
  throw new Problem('CONCURRENT_CHANGE');
}

/** A review that is under way keeps the terms it began with. */
export async function changeDefinition(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(definitionChanges, call.body);
  const definition = await writeDefinition(context, call, (known) =>
    checkDefinition(context, call, wanted, known),
  );
  const { id, rev, orgId } = definition;
  await auditReview(context, {
    ...{ orgId, actorId: call.actor.ownerId, action: 'reviewDefinition.changed', of: `${id}:${rev}` },
    detail: { definitionId: id, members: Object.keys(wanted) },
  });
  return answerDefinition(context, definition);
}
