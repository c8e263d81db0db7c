import type { ProblemCode } from '../http/problem.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { idempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { findingId, reviewId } from '../openapi/parameters.ts';
import { bulkExample, bulkSchema } from '../reviews/findings/bulk-schema.ts';
import { bulkFields, confirmFields, decisionFields } from '../reviews/findings/decision-fields.ts';
import { decidedExample, findingSchema } from '../reviews/findings/finding-schema.ts';

const ofFinding = {
  method: 'post',
  scope: 'reviews:write',
  params: { id: reviewId, findingId },
  headers: [idempotencyKey],
  answers: { 200: gives('The finding as it is now.', findingSchema, decidedExample) },
} as const;
const OF_DECISIONS: readonly ProblemCode[] = [
  ...(['REVIEW_NOT_FOUND', 'FINDING_NOT_FOUND', 'REVIEW_NOT_OPEN', 'FINDING_STATE', 'OWN_FINDING'] as const),
  ...(['DECISION_NOT_ALLOWED', 'DATE_INVALID', 'DATE_OUT_OF_RANGE', 'NAME_MISMATCH'] as const),
  'CONCURRENT_CHANGE',
];

export const reviewDecisionOperations = operations('Reviews', {
  decideFinding: {
    ...ofFinding,
    path: '/v1/reviews/:id/findings/:findingId/decision',
    summary: 'Decide what becomes of a finding',
    description: [
      'What is to be done is done by the operations that somebody would do it with by hand, through the same guard, and takes their scope too: `disable` and `start_deletion` take `cases:write`, `start_departure` takes `departures:write`, the others take `people:write`. `keep` and `attest` take none. Nobody decides about themselves.',
      'Before an account is disabled its owner is warned by mail, 14 and 3 days before. About an administrator a second person has to agree: `awaiting_second`.',
    ].join('\n\n'),
    body: takes(decisionFields, {
      'It is right as it is': { kind: 'keep', reason: 'On a long project abroad', until: '2027-06-30' },
      'Somebody saw to it': { kind: 'attest', reason: 'The account was merged', proof: 'Ticket 4711' },
      'Disable the account': { kind: 'disable', reason: 'Nobody knows what it is for' },
      'Start a departure': { kind: 'start_departure', reason: 'Left in summer', lastDay: '2027-01-29' },
    }),
    problems: OF_DECISIONS,
  },
  confirmDecision: {
    ...ofFinding,
    path: '/v1/reviews/:id/findings/:findingId/confirm',
    summary: 'Agree with a decision about an administrator, or do not',
    description:
      'By another person than the one who decided, and than the one it is about. Takes the scope that the decision takes.',
    body: takes(confirmFields, { Agreed: {}, 'Not agreed': { verdict: 'reject' } }),
    problems: [...OF_DECISIONS, 'SECOND_IS_DECIDER'],
  },
  decideFindings: {
    ...{ method: 'post', path: '/v1/reviews/:id/decisions', scope: 'reviews:write' },
    summary: 'Decide about many findings at once',
    description:
      'Each for itself: the answer says of every one what became of it. What is carried out passes the guard one by one.',
    params: { id: reviewId },
    headers: [idempotencyKey],
    body: takes(bulkFields, {
      'These two': {
        decision: { kind: 'disable', reason: 'Nobody knows what they are for' },
        findingIds: [EXAMPLE.finding, EXAMPLE.otherFinding],
      },
      'All that are inactive': {
        decision: { kind: 'keep', reason: 'Season workers', until: '2027-06-30' },
        filter: { rule: 'inactive', expected: 2 },
      },
    }),
    answers: { 200: gives('What became of each.', bulkSchema, bulkExample) },
    problems: ['REVIEW_NOT_FOUND', 'FINDINGS_COUNT_DIFFERS', 'CONCURRENT_CHANGE'],
  },
});
