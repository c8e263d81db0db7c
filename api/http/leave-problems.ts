import type { ProblemKind } from './problem-kind.ts';

/** Whatever is wrong with a leave. */
export const LEAVE_PROBLEMS = {
  SUSPICIOUS_AT_ONCE: { status: 422, sentence: 'A suspicious account is locked at once, not on a day.' },
  SUSPICIOUS_WITHOUT_RETURN: {
    status: 422,
    sentence: 'A suspicious account is opened again by somebody who looked into it, not on a day.',
  },
  TIME_WITHOUT_DAY: { status: 422, sentence: 'A time belongs to a first day or to a day of return.' },
  RETURN_NOT_AFTER_START: {
    status: 422,
    sentence: 'The return lies after the beginning of the leave, and ahead of now.',
  },
  RETURN_DAY_NAMED: {
    status: 422,
    sentence:
      'The text of the auto-reply names the day of the return: a leave without one needs another text.',
  },
  DEPARTURE_NEEDED: {
    status: 422,
    sentence: 'Whoever leaves for good has a departure: it hands over, archives and deletes in time.',
  },
  LEAVE_NOT_BEGUN: { status: 409, sentence: 'The leave has not begun: cancel it, or move it.' },
  LEAVE_BEGUN: { status: 409, sentence: 'The leave has begun: only its end can be moved.' },
  LEAVE_ENDING: { status: 409, sentence: 'The leave is ending: the account is being opened again.' },
  INVESTIGATION_OPEN: {
    status: 409,
    sentence: 'Somebody has to look into the account first: complete the checklist of the case.',
  },
  ALREADY_DISABLED: {
    status: 409,
    sentence: 'The account is disabled already and no case will open it: enable it first.',
  },
  NOT_DISABLED: { status: 409, sentence: 'The account is not disabled.' },
} as const satisfies Readonly<Record<string, ProblemKind>>;
