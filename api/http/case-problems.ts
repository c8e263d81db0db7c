import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with a case, whatever its kind; besides what the case itself refuses. */
export const CASE_PROBLEMS = {
  CASE_NOT_FOUND: { status: 404, sentence: 'There is no such case.' },
  DEPARTURE_NOT_FOUND: { status: 404, sentence: 'There is no such departure.' },
  DEPARTURE_EXISTS: { status: 409, sentence: 'The person has an open departure already.' },
  CASE_EXISTS: { status: 409, sentence: 'The person has an open case already; it has to end first.' },
  SELF_DEPARTURE: {
    status: 403,
    sentence: 'Nobody asks for, releases, approves or ends a case of their own: somebody else has to.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
