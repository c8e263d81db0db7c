import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with what is asked for in a departure, or in another case that is like one. */
export const DEPARTURE_PROBLEMS = {
  LAST_DAY_REQUIRED: { status: 422, sentence: 'A departure that is not urgent needs a last day.' },
  URGENT_WITH_FUTURE_DAY: {
    status: 422,
    sentence: 'An urgent departure is now: it has no last day to come.',
  },
  URGENT_WITH_LEAVE_TIME: { status: 422, sentence: 'An urgent departure is now: it has no leave time.' },
  LEAVER_NOTICE_URGENT: {
    status: 422,
    sentence: 'An urgent departure locks at once: the leaver cannot be informed before.',
  },
  SUCCESSOR_UNKNOWN: { status: 422, sentence: 'There is no such successor.' },
  SUCCESSOR_IS_LEAVER: { status: 422, sentence: 'Nobody is their own successor.' },
  CONTACT_UNKNOWN: { status: 422, sentence: 'There is no such contact person.' },
  CONTACT_IS_LEAVER: { status: 422, sentence: 'The contact person cannot be the one who leaves.' },
  CONTACT_INACTIVE: { status: 422, sentence: 'The contact person has no active account.' },
  CONTACT_REQUIRED: {
    status: 422,
    sentence:
      'An auto-reply names a contact person, and neither a successor nor a manager has an active account.',
  },
  RECIPIENT_UNKNOWN: { status: 422, sentence: 'There is no such recipient.' },
  RECIPIENT_IS_LEAVER: { status: 422, sentence: 'The recipient cannot be the one who leaves.' },
  RECIPIENT_INACTIVE: { status: 422, sentence: 'The recipient is leaving, or has no active account.' },
  RECIPIENT_REQUIRED: {
    status: 422,
    sentence: 'This item is completed by naming the recipient: PUT …/recipient of the departure or deletion.',
  },
  ACCESS_NOT_ALLOWED: {
    status: 422,
    sentence: 'Only the manager or the successor may be given access to the mailbox.',
  },
  MAIL_RANGE_EMPTY: { status: 422, sentence: 'The last day of the mail lies before the first.' },
  AUTO_REPLY_CONTRADICTION: {
    status: 422,
    sentence: 'An auto-reply that is switched off has no subject, text or days.',
  },
  RETENTION_OUT_OF_RANGE: {
    status: 422,
    sentence: 'Data is kept until a day after the last one, ten years after it at most.',
  },
  AUTO_REPLY_VARIABLE_UNKNOWN: {
    status: 422,
    sentence: 'The text of the auto-reply names a variable that is not known.',
  },
  PRESET_EXCEEDED: { status: 422, sentence: "This goes beyond the preset of the person's country." },
  REDIRECT_TO_ONE: {
    status: 422,
    sentence: 'A redirect leads to a person or to an address: name one of them.',
  },
  REDIRECT_TO_LEAVER: { status: 422, sentence: 'A redirect cannot lead to the one who leaves.' },
  REDIRECT_NOWHERE: { status: 422, sentence: 'Nobody of the organisation receives mail there.' },
  REDIRECT_INACTIVE: {
    status: 422,
    sentence: 'The person the redirect leads to is leaving, or has no active account.',
  },
  REDIRECT_ENDS_EARLY: {
    status: 422,
    sentence: 'A redirect that outlives the account ends after the day on which the account is deleted.',
  },
  REDIRECT_BEYOND_QUARANTINE: {
    status: 422,
    sentence: 'A redirect that outlives the account ends before the quarantine of its address does.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
