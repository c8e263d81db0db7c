import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with what is asked for in a role change, or of one that is open. */
export const ROLE_CHANGE_PROBLEMS = {
  OWN_ROLE: { status: 403, sentence: 'Nobody changes their own role: somebody else has to.' },
  PERSON_NOT_HERE: {
    status: 409,
    sentence: 'Only somebody who works here now changes roles: not who joins, is away, leaves or left.',
  },
  ROLE_CHANGE_BEGAN: {
    status: 409,
    sentence: 'The new role has begun: its date cannot be moved any more, only the end of the old rights.',
  },
  OLD_RIGHTS_GONE: {
    status: 409,
    sentence: 'The old rights are gone or just being taken away, or there are none: nothing can last longer.',
  },
  ROLE_UNCHANGED: { status: 422, sentence: 'The person has all of this already: nothing would change.' },
  CONFIRMATION_REQUIRED: {
    status: 422,
    sentence: 'Note: an administrator has access to manage all users. Send confirm: true to go on.',
  },
  MANAGER_INACTIVE: { status: 422, sentence: 'The manager is away, is leaving, or has left.' },
  MANAGER_LOOP: {
    status: 422,
    sentence: 'The person is above this manager, directly or through others: they cannot manage each other.',
  },
  QUOTA_BELOW_USE: { status: 422, sentence: 'The mailbox holds more than this already.' },
  ROLE_DATE_OUT_OF_RANGE: {
    status: 422,
    sentence: 'The date of a role change lies between 30 days ago and two years from today.',
  },
  OVERLAP_SHORTER: {
    status: 422,
    sentence: 'The old rights would end sooner than they do now: an overlap is only made longer.',
  },
  OVERLAP_OUT_OF_RANGE: {
    status: 422,
    sentence: 'Old rights end on a day to come, and 365 days after the change at most.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
