/** Why a version of a procedure is not accepted. Each sentence gives the reason for the limit. */
export const PROCEDURE_FAULTS = {
  PROCEDURE_STEP_TWICE: 'A step stands in its list twice; it is carried out once.',
  PROCEDURE_STEP_MISSING:
    'A step is neither in the order of the last day nor left out: say which, so that none is forgotten.',
  PROCEDURE_STEP_CONTRADICTION: 'A step is in the order of the last day and left out at once.',
  PROCEDURE_STEP_ESSENTIAL:
    'This step cannot be left out: without it the account would not be made, opened, locked, proven, kept, handed over or deleted as promised.',
  PROCEDURE_SNAPSHOT_LATE:
    'The state of the account is stored before anything is taken away, or an undo could not put it back.',
  PROCEDURE_REVOKES_BEFORE_DISABLING:
    'Sessions, app passwords and other ways in are revoked after the account is disabled: before, new ones could be made.',
  PROCEDURE_PROVES_BEFORE_LOCKING:
    'The lockout is proven after everything that locks: a proof before would prove nothing.',
  PROCEDURE_NOTICE_LATE:
    'Manager and leaver are told before the account is locked, at whatever time the last day ends.',
  PROCEDURE_ACCOUNT_LATE:
    'The account is made a day before it opens, or earlier: what a target does not take is seen before the first day.',
  PROCEDURE_REMINDER_LATE:
    'The manager is told who comes before the account opens, at whatever time the first day begins.',
  PROCEDURE_FOLLOW_UP_EARLY:
    'The manager hears how it goes a day after the account opens, or later: before, nobody had the time to sign in.',
  PROCEDURE_RIGHTS_END_EARLY:
    'The rights of the old role end once those of the new one are there: nobody is without either.',
  PROCEDURE_REMINDER_OUTSIDE_OVERLAP:
    'The reminder comes after the change and before the old rights end, at whatever time that is; where there is no room for one, leave it out.',
  PROCEDURE_UNDECIDED:
    'What is looked into ends with somebody who decides: no suspicious account opens before.',
  PROCEDURE_DAYS_UNORDERED: 'These days are given in the order in which they come, each once.',
  PROCEDURE_AFTER_GATE:
    'The purge gate waits for this, so it cannot be due after the day on which the gate opens.',
  PROCEDURE_GATE_BEFORE_ARCHIVE:
    'The purge gate looks at the archive, so the archive is made on its day or before.',
  PROCEDURE_DELETES_BEFORE_ARCHIVE: 'The account would be deleted before its mail is archived.',
  PROCEDURE_GRACE_TOO_SHORT:
    'The grace is at least 14 days: somebody who is away for two weeks must still be able to stop a deletion.',
  PROCEDURE_REMINDER_OUTSIDE_GRACE:
    'A reminder lies within the grace: not before the gate is passed, and at least a day before the deletion.',
} as const satisfies Readonly<Record<string, string>>;
export type ProcedureFaultCode = keyof typeof PROCEDURE_FAULTS;
