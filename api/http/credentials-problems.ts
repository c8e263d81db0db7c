import { PASSWORD_LENGTH } from '../../shared/domain/password/password-policy.ts';
import type { ProblemKind } from './problem-kind.ts';

const { shortest, longest } = PASSWORD_LENGTH;

/** Of passwords, setup links and welcome mails. The page behind a setup link shows the same sentences. */
export const CREDENTIALS_PROBLEMS = {
  PASSWORD_TOO_SHORT: {
    status: 422,
    sentence: `A password has at least ${shortest} characters; several words are easy to remember.`,
  },
  PASSWORD_TOO_LONG: { status: 422, sentence: `A password has ${longest} characters at most.` },
  PASSWORD_TOO_COMMON: {
    status: 422,
    sentence: 'This password, or what it is made of, is one of those that are tried first.',
  },
  PASSWORD_HOLDS_KNOWN_WORDS: {
    status: 422,
    sentence: `The names and addresses of the person and the organisation do not count: without them, too, a password has at least ${shortest} characters.`,
  },
  CREDENTIALS_UNPROVEN: {
    status: 503,
    sentence:
      'What was set could not be proven to let the person in. Send the same request again, or give a setup link.',
  },
  WELCOME_NOWHERE: {
    status: 422,
    sentence:
      'A welcome mail needs an address that the person can read already: give one, or a private contact that is one.',
  },
  WELCOME_NOT_FOUND: { status: 404, sentence: 'No welcome mail was asked for.' },
  WELCOME_VARIABLE_UNKNOWN: {
    status: 422,
    sentence: 'The text of the welcome mail names a variable that is not known.',
  },
  WELCOME_LINK_MISSING: {
    status: 422,
    sentence: 'A welcome mail without its link leads nowhere: the text names {{link}}.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
