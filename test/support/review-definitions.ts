import {
  USUAL_CALENDAR,
  USUAL_TERMS,
  type ReviewDefinition,
} from '../../shared/domain/reviews/review-definition.ts';
import { RULE_NAMES, type RuleName } from '../../shared/domain/reviews/rule-names.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';

/** A definition that looks for one thing, unless said otherwise. */
export async function defineReview(
  { repositories }: { readonly repositories: Pick<Repositories, 'reviews'> },
  orgId: string,
  more: Partial<ReviewDefinition> & { readonly only?: readonly RuleName[] } = {},
): Promise<ReviewDefinition> {
  const { only, ...overrides } = more;
  const definition: ReviewDefinition = {
    ...USUAL_TERMS,
    ...{ id: newId('rvd'), orgId, rev: 0, name: 'Quarterly', timeZone: 'Europe/Zurich' },
    ...{ calendar: USUAL_CALENDAR, jitterMinutes: 0, requestedBy: 'own_hr', createdAtMs: Date.now() },
    unheard: false,
    ...(only === undefined ? {} : { rules: rulesOnly(only) }),
    ...overrides,
  };
  await repositories.reviews.insertDefinition(definition);
  return definition;
}

function rulesOnly(only: readonly RuleName[]): ReviewDefinition['rules'] {
  return Object.fromEntries(RULE_NAMES.map((name) => [name, { on: only.includes(name) }]));
}
