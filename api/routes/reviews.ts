import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { tagged } from '../http/etag.ts';
import { noQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { cancelReview } from '../reviews/cancel-review.ts';
import { changeDefinition } from '../reviews/change-definition.ts';
import { createDefinition } from '../reviews/create-definition.ts';
import {
  pauseDefinition,
  removeDefinition,
  resumeDefinition,
  triggerReview,
} from '../reviews/definition-commands.ts';
import { definitionOr404 } from '../reviews/definition-or-404.ts';
import { definitionView } from '../reviews/definition-view.ts';
import { confirmFinding, decideFinding } from '../reviews/findings/decide-finding.ts';
import { decideMany } from '../reviews/findings/decide-many.ts';
import { findingViews } from '../reviews/findings/finding-view.ts';
import { listFindings } from '../reviews/findings/list-findings.ts';
import { listDefinitions } from '../reviews/list-definitions.ts';
import { listReviews } from '../reviews/list-reviews.ts';
import { findingOr404, reviewOr404 } from '../reviews/review-or-404.ts';
import { reviewReport } from '../reviews/review-report.ts';
import { reviewInFull } from '../reviews/review-view.ts';
import { everyRule } from '../reviews/rule-documents.ts';
import { reviewDecisionOperations } from './review-decision-operations.ts';
import { reviewDefinitionOperations } from './review-definition-operations.ts';
import { reviewOperations } from './review-operations.ts';

export function reviewRoutes(context: ApiContext): readonly Route[] {
  return [
    ...routesOf(reviewDefinitionOperations, {
      createReviewDefinition: (call) => createDefinition(context, call),
      listReviewDefinitions: (call) => listDefinitions(context, call),
      async getReviewDefinition(call) {
        const definition = await definitionOr404(context, call);
        // When it begins next comes and goes without a change of the definition.
        return tagged(definition.rev, await definitionView(context, definition), 'mixed');
      },
      changeReviewDefinition: (call) => changeDefinition(context, call),
      removeReviewDefinition: (call) => removeDefinition(context, call),
      pauseReviewDefinition: (call) => pauseDefinition(context, call),
      resumeReviewDefinition: (call) => resumeDefinition(context, call),
      triggerReview: (call) => triggerReview(context, call),
    }),
    ...routesOf(reviewOperations, {
      async listReviewRules(call) {
        parse(noQuery, call.query, 'query');
        return Promise.resolve({ status: 200, body: everyRule() });
      },
      listReviews: (call) => listReviews(context, call),
      async getReview(call) {
        const review = await reviewOr404(context, call);
        // Findings are counted as they are now.
        return tagged(review.rev, await reviewInFull(context, review), 'mixed');
      },
      cancelReview: (call) => cancelReview(context, call),
      listFindings: (call) => listFindings(context, call),
      getFinding: (call) => oneFinding(context, call),
      downloadReviewReport: (call) => reviewReport(context, call),
    }),
    ...routesOf(reviewDecisionOperations, {
      decideFinding: (call) => decideFinding(context, call),
      confirmDecision: (call) => confirmFinding(context, call),
      decideFindings: (call) => decideMany(context, call),
    }),
  ];
}

async function oneFinding(context: ApiContext, call: Call) {
  const finding = await findingOr404(context, call, await reviewOr404(context, call));
  const [body] = await findingViews(context, finding.orgId, [finding]);
  return { status: 200, body };
}
