import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';

/** The definition of the address, also one that was removed. */
export async function definitionOr404(
  { repositories }: Pick<ApiContext, 'repositories'>,
  call: Call,
): Promise<ReviewDefinition> {
  const found = await repositories.reviews.getDefinition(call.actor.orgId, paramOf(call, 'id'));
  if (found === undefined) throw new Problem('REVIEW_DEFINITION_NOT_FOUND');
  return found;
}
