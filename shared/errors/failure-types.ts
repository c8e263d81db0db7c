/**
 * The only types of failure that cross Temporal. `ApplicationFailure.type` is one of these; messages are fixed sentences
 * without personal data.
 */
export const STEP_FAILURES = {
  TARGET_UNAVAILABLE: { retry: true, sentence: 'The target did not answer, or answered that it is busy.' },
  TARGET_REFUSED: { retry: false, sentence: 'The target refuses the call for good.' },
  ACCOUNT_MISSING: { retry: false, sentence: 'The target has no such account.' },
  READ_BACK_MISMATCH: {
    retry: true,
    sentence: 'The target says it is done, but reading back shows otherwise.',
  },
  LOCKOUT_NOT_PROVEN: {
    retry: true,
    sentence: 'The sign-in with the rotated secret was not refused with the proving code.',
  },
  LOCKOUT_DRIFTED: {
    retry: false,
    sentence: 'The account was locked out and is open again: to a sign-in, or by something that opens it.',
  },
  LEAVE_NOT_PROVEN: {
    retry: true,
    sentence: 'The account is not locked as the leave wants it: it is active, or sessions are open.',
  },
  MAIL_NOT_TAKEN: {
    retry: true,
    sentence: 'The target would not take mail for the account, although mail should go on arriving.',
  },
  RETURN_NOT_PROVEN: {
    retry: true,
    sentence: 'The account is not open again: it is disabled, or refuses a sign-in that should work.',
  },
  CONTROL_ACCOUNT_FAILED: {
    retry: true,
    sentence: 'The control account cannot sign in, so a refusal proves nothing.',
  },
  SECRET_MISSING: {
    retry: true,
    sentence: 'The rotated secret is not in the vault, so no lockout can be proven.',
  },
  LAST_ADMINISTRATION_KEY: {
    retry: true,
    sentence: 'The person holds the last valid key that can make keys; make another one for somebody else.',
  },
  CASE_OUTDATED: {
    retry: false,
    sentence: 'The person is no longer the one this case was made for, or the case is closed.',
  },
  PERSON_PROTECTED: {
    retry: false,
    sentence: 'The person is protected: no procedure may disable or delete the account.',
  },
  LAST_ADMINISTRATOR: {
    retry: false,
    sentence: 'This is the last administrator who stays: make somebody else an administrator, then retry.',
  },
  NAME_LOST: {
    retry: false,
    sentence: 'An address or the external id of the person belongs to somebody else by now.',
  },
  ACCOUNT_STILL_THERE: {
    retry: true,
    sentence: 'An account of the person is still there, so its names cannot be given to others.',
  },
  LINK_NOT_USABLE: {
    retry: true,
    sentence: 'No setup link of the person can be used, and none was: give one, or retry the welcome.',
  },
  CONTACT_UNAVAILABLE: {
    retry: true,
    sentence: 'The contact person of the auto-reply has no active account.',
  },
  REDIRECT_UNAVAILABLE: {
    retry: true,
    sentence: 'The person the redirect goes to is leaving, or has no active account.',
  },
  MANAGER_UNAVAILABLE: {
    retry: false,
    sentence:
      'Whoever was to be the manager is leaving, has left, or is managed by the person: undo the case, or skip the step.',
  },
  QUOTA_BELOW_USE: {
    retry: false,
    sentence: 'The mailbox holds more than the new quota allows: make room, then retry.',
  },
  NO_RECIPIENT: {
    retry: false,
    sentence: 'There is nobody to send this mail to: neither a manager nor a notification address.',
  },
  RECIPIENT_UNAVAILABLE: {
    retry: true,
    sentence: 'Whoever should receive it is leaving, has no active account on the target, or was not named.',
  },
  RECIPIENT_MAILBOX_FULL: { retry: true, sentence: 'The mailbox of the recipient is full.' },
  HANDOVER_INCOMPLETE: {
    retry: true,
    sentence:
      'The account still owns files, shared calendars or future meetings: hand them over on the target, and retry.',
  },
  MAIL_NOT_SENT: { retry: true, sentence: 'The mail server did not accept the mail.' },
  ARCHIVE_FAILED: { retry: true, sentence: 'The archive could not be written or read back.' },
  ARCHIVE_INVALID: {
    retry: false,
    sentence: 'A file of the archive is missing or does not have the recorded hash.',
  },
  ARCHIVE_INCOMPLETE: { retry: true, sentence: 'The mailbox holds messages that are not in the archive.' },
  REFERENCES_LEFT: {
    retry: false,
    sentence:
      'Something points at the leaver that neither a successor nor a manager can take over: see the references of the person.',
  },
  LEGAL_HOLD: { retry: false, sentence: 'The person is on legal hold: nothing may be deleted.' },
  APPROVAL_MISSING: {
    retry: false,
    sentence: 'The step is not approved by somebody other than the requester.',
  },
  STORE_UNAVAILABLE: { retry: true, sentence: 'The database did not answer.' },
  CASE_PAUSED: { retry: false, sentence: 'The case is paused: nothing may be deleted.' },
  FROZEN: { retry: false, sentence: 'The organisation is frozen: nothing is taken away or deleted.' },
  WORKER_STOPPED: {
    retry: true,
    sentence: 'The worker was stopped before the step came to its end; it is tried again.',
  },
  STEP_TIMED_OUT: { retry: true, sentence: 'The step did not come to an end within its time.' },
  UNEXPECTED: {
    retry: true,
    sentence: 'Something unexpected happened; the worker log of this instant has the details.',
  },
} as const satisfies Readonly<Record<string, { readonly retry: boolean; readonly sentence: string }>>;
export type StepFailureCode = keyof typeof STEP_FAILURES;

/** Why a command was not accepted by a case. Rejected by an update's validator: nothing of it enters the history. */
export const COMMAND_REJECTIONS = {
  CASE_CLOSED: 'The case is closed.',
  POINT_OF_NO_RETURN: 'The deletion has begun; it cannot be called back.',
  STEP_UNKNOWN: 'The plan has no such step.',
  STEP_NOT_RETRYABLE: 'Only a step that failed or is being retried can be retried.',
  STEP_NOT_SKIPPABLE: 'This step guards the deletion and cannot be skipped; cancel the case instead.',
  STEP_ALREADY_SETTLED: 'The step is already settled.',
  STEP_IN_FLIGHT: 'The step is being carried out at this moment.',
  SECOND_PERSON_NEEDED: 'A second person must confirm that this step is skipped.',
  APPROVAL_NOT_NEEDED: 'The step needs no approval.',
  APPROVER_IS_REQUESTER: 'The approval must come from another owner than the one who asked for the case.',
  ALREADY_PAUSED: 'The case is already paused.',
  NOT_PAUSED: 'The case is not paused.',
  UNDO_NEEDED: 'The case has changed the account: undo it, or abort it and leave everything as it is.',
  ALREADY_UNDOING: 'The case is already being undone.',
  NOT_GUARD_HELD: 'The case is not held by the guard.',
  RELEASER_IS_REQUESTER: 'The release must come from another owner than the one who asked for the case.',
  STEP_NOT_MANUAL: 'The step is carried out by Gangway; nobody can attest it.',
  PRECONDITION_FAILED: 'It is no longer the one that If-Match names: read it again.',
  PLAN_OUTDATED: 'Somebody else changed the plan in the meantime.',
  PLAN_MOVES_EXECUTED_STEP: 'The plan would move a step that was already carried out.',
} as const satisfies Readonly<Record<string, string>>;
export type CommandRejectionCode = keyof typeof COMMAND_REJECTIONS;
