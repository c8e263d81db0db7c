import type { ReviewTerms } from '../../../shared/domain/reviews/review-definition.ts';

/** The first stage of a collecting; each of the others is a target, looked through for accounts without a person. */
export const PEOPLE = 'people';

/** Which comes after this one; `undefined`: it was the last. Only a review of everybody can tell what belongs to nobody. */
export function stageAfter(
  stage: string,
  { scope }: ReviewTerms,
  targets: readonly string[],
): string | undefined {
  if (scope.kind !== 'all') return undefined;
  const all = [PEOPLE, ...targets.toSorted()];
  return all[all.indexOf(stage) + 1];
}
