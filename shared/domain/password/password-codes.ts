import type { PasswordFault } from './password-policy.ts';

/** What whoever chose a password is told, by the API as in the report of an import. */
export const PASSWORD_CODES = {
  too_short: 'PASSWORD_TOO_SHORT',
  too_long: 'PASSWORD_TOO_LONG',
  too_common: 'PASSWORD_TOO_COMMON',
  holds_known_words: 'PASSWORD_HOLDS_KNOWN_WORDS',
} as const satisfies Readonly<Record<PasswordFault, string>>;
