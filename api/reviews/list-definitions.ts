import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { answerPage, fillPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { definitionsQuery } from './definition-fields.ts';
import { definitionView } from './definition-view.ts';

/** Definitions, the newest first. */
export function listDefinitions(context: ApiContext, call: Call): Promise<Answer> {
  const { removed, ...wanted } = parse(definitionsQuery, call.query, 'query');
  const keyOf = ({ id }: ReviewDefinition): string => id;
  return answerPage<ReviewDefinition>(call, wanted, {
    name: 'review definitions',
    key: /^rvd_[0-9A-Za-z]{1,40}$/u,
    keyOf,
    read: (range) =>
      fillPage(
        range,
        (part) => context.repositories.reviews.listDefinitions(call.actor.orgId, part),
        keyOf,
        (definition) => (definition.removed !== undefined) === (removed === 'true'),
      ),
    show: (definitions) => Promise.all(definitions.map((one) => definitionView(context, one))),
  });
}
