import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with an onboarding; besides what is wrong with the names of somebody new. */
export const ONBOARDING_PROBLEMS = {
  MANAGER_INACTIVE: { status: 422, sentence: 'The manager is leaving or has left.' },
  WELCOME_UNREADABLE: {
    status: 422,
    sentence: 'The way in goes to an address that the person can read already, not into the new mailbox.',
  },
  WELCOME_RECIPIENT_MISSING: {
    status: 422,
    sentence:
      'There is nobody to send the way in to: give an address, a private contact that is one, or a manager.',
  },
  ONBOARDING_GIVEN_UP: {
    status: 409,
    sentence:
      'An earlier attempt of this request came to nothing and was cleared away: send it under another Idempotency-Key.',
  },
  ACCOUNT_OPENED: {
    status: 409,
    sentence: 'The account is open already: its first day is not moved any more.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
