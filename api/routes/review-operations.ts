import { reasonFields } from '../departures/departure-fields.ts';
import { noQuery, pageSchema } from '../http/pages.ts';
import type { ProblemCode } from '../http/problem.ts';
import { idempotencyKey, ifNoneMatch } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { findingId, reviewId } from '../openapi/parameters.ts';
import { findingExample, findingSchema } from '../reviews/findings/finding-schema.ts';
import { findingsQuery, reportQuery, reviewsQuery } from '../reviews/review-fields.ts';
import { reviewExample, reviewSchema } from '../reviews/review-schema.ts';
import { everyRule, rulesSchema } from '../reviews/rule-documents.ts';

const one = { path: '/v1/reviews/:id', params: { id: reviewId } } as const;
const OF_FINDINGS: readonly ProblemCode[] = ['REVIEW_NOT_FOUND', 'FINDING_NOT_FOUND'];

export const reviewOperations = operations('Reviews', {
  listReviewRules: {
    ...{ method: 'get', path: '/v1/reviews/rules', scope: 'reviews:read' },
    summary: 'See what reviews look for, rule by rule',
    query: noQuery,
    answers: { 200: gives('Every rule.', rulesSchema, everyRule()) },
    problems: [],
  },
  listReviews: {
    ...{ method: 'get', path: '/v1/reviews', scope: 'reviews:read' },
    summary: 'List reviews, the newest first',
    query: reviewsQuery,
    answers: { 200: gives('One page.', pageSchema(reviewSchema), { items: [reviewExample] }, 'Link') },
    problems: [],
  },
  getReview: {
    ...{ ...one, method: 'get', scope: 'reviews:read' },
    summary: 'See a review and how far it came',
    headers: [ifNoneMatch],
    answers: { 200: gives('The review.', reviewSchema, reviewExample, 'ETag'), 304: UNCHANGED },
    problems: ['REVIEW_NOT_FOUND'],
  },
  cancelReview: {
    ...{ method: 'post', path: '/v1/reviews/:id/cancel', params: one.params, scope: 'reviews:write' },
    summary: 'End a review before its time',
    description:
      'Nothing more is decided or started. Cases that were started go on: they are cancelled by themselves.',
    headers: [idempotencyKey],
    body: takes(reasonFields, { 'Why it is cancelled': { reason: 'Held by mistake, the scope was wrong' } }),
    answers: { 200: gives('The review as it is now.', reviewSchema, reviewExample) },
    problems: ['REVIEW_NOT_FOUND', 'REVIEW_OVER', 'CONCURRENT_CHANGE'],
  },
  listFindings: {
    ...{ method: 'get', path: '/v1/reviews/:id/findings', params: one.params, scope: 'reviews:read' },
    summary: 'See what a review found, and what became of it',
    query: findingsQuery,
    answers: { 200: gives('One page.', pageSchema(findingSchema), { items: [findingExample] }, 'Link') },
    problems: ['REVIEW_NOT_FOUND'],
  },
  getFinding: {
    ...{ method: 'get', path: '/v1/reviews/:id/findings/:findingId', scope: 'reviews:read' },
    summary: 'See one finding with what it rests on',
    params: { id: reviewId, findingId },
    answers: { 200: gives('The finding.', findingSchema, findingExample) },
    problems: OF_FINDINGS,
  },
  downloadReviewReport: {
    ...{ method: 'get', path: '/v1/reviews/:id/report', params: one.params, scope: 'reviews:read' },
    summary: 'Download the report of a review that is over',
    description:
      'As data, as rows for a spreadsheet, or as a page to print; written once, when the review ends, and hashed again before it is sent. The access is in the audit.',
    query: reportQuery,
    answers: {
      200: {
        description: 'The report, byte by byte as it was written.',
        headers: ['Content-Digest', 'Content-Disposition', 'Vary'],
        content: [{ type: 'application/json' }, { type: 'text/csv' }, { type: 'text/html' }],
      },
    },
    problems: ['REVIEW_NOT_FOUND', 'REVIEW_NOT_OVER', 'REPORT_DAMAGED'],
  },
});
