import {
  isReviewOver,
  REPORT_FORMATS,
  type Review,
  type ReviewProgress,
} from '../../shared/domain/reviews/review.ts';
import type { ApiContext } from '../api-context.ts';
import { utc } from '../http/instants.ts';
import { trendOf } from './trend-of.ts';

/** A review as lists show it: with what was counted when it ended, and nothing that has to be counted now. */
export function reviewView(review: Review) {
  const { id, definitionId, state, terms, reviewed, found, cancelled, trouble, progress } = review;
  return {
    ...{ id, definitionId, state, terms, reviewed, startedAt: utc(review.startedAtMs) },
    ...(progress === undefined ? {} : { progress: progressView(progress) }),
    ...(found === undefined ? {} : { found }),
    ...(review.openedAtMs === undefined ? {} : { openedAt: utc(review.openedAtMs) }),
    ...(review.closesAtMs === undefined ? {} : { closesAt: utc(review.closesAtMs) }),
    ...(review.closedAtMs === undefined ? {} : { closedAt: utc(review.closedAtMs) }),
    ...(review.ended === undefined ? {} : { counts: review.ended }),
    ...(review.endedAtMs === undefined ? {} : { endedAt: utc(review.endedAtMs) }),
    ...(review.previousId === undefined ? {} : { previousId: review.previousId }),
    ...(cancelled === undefined
      ? {}
      : { cancelled: { by: cancelled.by, at: utc(cancelled.atMs), reason: cancelled.reason } }),
    ...(trouble === undefined ? {} : { trouble: { code: trouble.code, at: utc(trouble.atMs) } }),
    ...(review.reports === undefined ? {} : { reports: review.reports }),
    links: linksOf(review),
  };
}

/** A review with how it stands now, and beside the one before it. */
export async function reviewInFull({ repositories }: Pick<ApiContext, 'repositories'>, review: Review) {
  const { orgId, previousId } = review;
  const previous = previousId === undefined ? undefined : await repositories.reviews.get(orgId, previousId);
  const trend = trendOf(review, previous);
  return {
    ...reviewView(review),
    counts: review.ended ?? (await repositories.findings.countByState(orgId, review.id)),
    ...(trend === undefined ? {} : { trend }),
  };
}

/** Where it stopped is an id of somebody, and of no use to a caller. */
function progressView({ stage, people, accounts }: ReviewProgress) {
  return { stage, people, accounts };
}

/** Where to look, and what to call next. */
function linksOf(review: Review) {
  const self = `/v1/reviews/${review.id}`;
  return {
    self,
    definition: `/v1/reviews/definitions/${review.definitionId}`,
    findings: `${self}/findings`,
    ...(review.state === 'open' || review.state === 'carrying_out' ? { decisions: `${self}/decisions` } : {}),
    ...(isReviewOver(review) ? {} : { cancel: `${self}/cancel` }),
    ...(review.previousId === undefined ? {} : { previous: `/v1/reviews/${review.previousId}` }),
    ...(review.reports === undefined
      ? {}
      : { reports: REPORT_FORMATS.map((format) => `${self}/report?format=${format}`) }),
  };
}
