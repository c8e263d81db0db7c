/** What is wrong with a row of an import, or worth a look, beyond what the API refuses requests for. */
export const ROW_FAULTS = {
  POSSIBLE_DUPLICATE:
    'Somebody of this name is there already, or stands in the file before: is it the same person?',
  CONVENTION_NOT_FOLLOWED: 'The address is not one that the convention of the organisation makes.',
  ADDRESS_TWICE: 'The file names this address twice: a row before has it.',
  EXTERNAL_ID_TWICE: 'The file names this external id twice: a row before has it.',
  ROW_SURPLUS:
    'Values stand beyond the last header: a delimiter too many puts what follows it into the wrong column.',
  OPERATION_UNKNOWN: 'The operation is neither create nor update nor departure.',
  VALUE_MISSING: 'A value that nobody can do without is missing.',
  VALUE_INVALID: 'A value of the row cannot be used.',
  PERSON_DIFFERS: 'The person is there already, by another name: nothing was changed.',
  FIELD_NOT_CHANGED: 'A row does not change this of somebody who is there.',
  NOBODY_MEANT: 'The row is about somebody who is there, and nobody is found by what it says.',
  LAST_DAY_MISSING: 'A departure needs a last day.',
  GUARD_HELD: 'More departures than usual: this one waits until another owner releases it.',
  ACCOUNT_NOT_PROVEN: 'The account could not be read back as it was made.',
  ROW_ID_UNKNOWN: 'The import_row is none of an import of this organisation: leave it empty.',
  MANAGER_AMBIGUOUS: 'Several people could be the manager: name the id or the address.',
} as const satisfies Readonly<Record<string, string>>;
export type RowFaultCode = keyof typeof ROW_FAULTS;
