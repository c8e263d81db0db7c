/** What a column of a file can mean: everything that is said of somebody new, and how the row is to be understood. */
export const IMPORT_FIELDS = [
  'firstName',
  'lastName',
  'address',
  'domain',
  'aliases',
  'externalId',
  'accountRole',
  'quotaBytes',
  'groups',
  'managerId',
  'department',
  'timeZone',
  'country',
  'locale',
  'privateContact',
  'targets',
  'endsOn',
  'protected',
  'password',
  'operation',
  'lastDay',
  'reason',
  'personId',
  'rowId',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Without a column for each of them there is nobody to make. */
export const REQUIRED_FIELDS = ['firstName', 'lastName'] as const satisfies readonly ImportField[];

/** What an export calls people by: in the installation it comes from, a row of it is about them. */
export const PERSON_ID_HEADER = 'person_id';

/** The columns that an error file has besides those of the import: whose row it was, and why it failed. */
export const ROW_ID_HEADER = 'import_row';
export const ROW_ERROR_HEADER = 'import_error';
