import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with a definition of reviews, with a decision, or in the way of one. */
export const REVIEW_PROBLEMS = {
  REVIEW_DEFINITION_NOT_FOUND: { status: 404, sentence: 'There is no such definition, or it was removed.' },
  REVIEW_NOT_FOUND: { status: 404, sentence: 'There is no such review.' },
  FINDING_NOT_FOUND: { status: 404, sentence: 'The review has no such finding.' },
  REVIEWER_UNKNOWN: { status: 422, sentence: 'There is no such person to ask.' },
  REVIEWER_NOT_HERE: {
    status: 422,
    sentence: 'Only somebody who works here now is asked: not who joins, is away, leaves or left.',
  },
  NOTICE_OUTSIDE_REVIEW: {
    status: 422,
    sentence:
      'Reminders and the escalation come while a review is open: fewer days before its end than that.',
  },
  REVIEW_UNDER_WAY: {
    status: 409,
    sentence: 'A review of this definition is under way: it has to end first, or be cancelled.',
  },
  REVIEW_OVER: { status: 409, sentence: 'The review is over.' },
  REVIEW_NOT_OVER: {
    status: 409,
    sentence: 'The review is not over, or its report is just being written.',
  },
  REVIEW_NOT_OPEN: {
    status: 409,
    sentence: 'Nothing is decided before a review opens, and after its end only what could not be started.',
  },
  REPORT_DAMAGED: {
    status: 500,
    sentence: 'The stored report is not the one that was written: a piece is missing, or its hash differs.',
  },
  FINDING_STATE: {
    status: 409,
    sentence: 'This finding does not wait for that: somebody decided, or nobody has yet.',
  },
  OWN_FINDING: { status: 403, sentence: 'Nobody decides about themselves: somebody else has to.' },
  SECOND_IS_DECIDER: {
    status: 403,
    sentence: 'About an administrator two people decide: the second one is another than the first.',
  },
  DECISION_NOT_ALLOWED: { status: 422, sentence: 'This cannot be decided about what the rule finds.' },
  REASON_MISSING: { status: 422, sentence: 'Say why: a decision has a reason.' },
  PROOF_MISSING: { status: 422, sentence: 'Say how it can be seen that somebody did it by hand.' },
  FINDINGS_COUNT_DIFFERS: {
    status: 409,
    sentence: 'There are more or fewer such findings than you expect; nothing was decided. Look again.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
