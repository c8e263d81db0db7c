import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with a deletion, besides what departures may have as well. */
export const DELETION_PROBLEMS = {
  DELETION_NOT_FOUND: { status: 404, sentence: 'There is no such deletion.' },
  GRACE_OUT_OF_RANGE: {
    status: 422,
    sentence: 'The grace is too short to come back from a holiday, or too long.',
  },
  ONE_ITEM_AT_A_TIME: {
    status: 422,
    sentence: 'One item is decided at a time: mail, files, calendars, contacts or redirect.',
  },
  RECIPIENT_MISSING: {
    status: 422,
    sentence: 'Nobody would receive this: name the recipient first, PUT /v1/deletions/{id}/recipient.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
