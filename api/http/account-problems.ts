import type { ProblemKind } from './problem-kind.ts';

/** What is in the way of a change of somebody's account, and what becomes of one that a target does not carry out. */
export const ACCOUNT_PROBLEMS = {
  PERSON_NOT_ACTIVE: { status: 409, sentence: 'The person is leaving or has left.' },
  ADDRESS_TAKEN: { status: 409, sentence: 'The address belongs to somebody.' },
  ADDRESS_QUARANTINED: {
    status: 409,
    sentence: 'The address belonged to somebody who left or gave it up, and is not given away yet.',
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    sentence: 'This is the last administrator who stays: make somebody else an administrator first.',
  },
  CONFIRMATION_REQUIRED: {
    status: 422,
    sentence: 'Note: an administrator has access to manage all users. Send confirm: true to go on.',
  },
  NOT_AN_ADMINISTRATOR: {
    status: 403,
    sentence: 'Only the account of an administrator that may sign in manages others.',
  },
  OWN_ROLE: { status: 403, sentence: 'Nobody changes their own role: somebody else has to.' },
  ROLE_HELD: { status: 409, sentence: 'The person has this role already.' },
  CASE_OPEN: {
    status: 409,
    sentence: 'The person has an open case: nobody is made an administrator meanwhile.',
  },
  RESERVED_ALIASES: {
    status: 409,
    sentence: 'The person has aliases that only an administrator may have: remove them first.',
  },
  TOO_MANY_ALIASES: { status: 409, sentence: 'A person has 50 aliases at most.' },
  ALIAS_NOT_FOUND: { status: 404, sentence: 'The person has no such alias.' },
  ALIAS_CYCLE: {
    status: 422,
    sentence: 'Mail of the person is forwarded to this address: as an alias, it would go round in a circle.',
  },
  QUOTA_BELOW_USE: { status: 422, sentence: 'The mailbox holds more than this already.' },
  CHANGE_NOT_PROVEN: {
    status: 502,
    sentence:
      'A target did not do what it was told, as reading it back showed. It was put back; nothing is changed.',
  },
  PASSWORD_NOT_PROVEN: {
    status: 502,
    sentence: 'The new password does not sign in on every target; on some it may. Set it again.',
  },
  CHANGE_UNSETTLED: {
    status: 503,
    sentence:
      'A change of this person was not carried out by a target, and could not be put back yet. This goes on by itself.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
