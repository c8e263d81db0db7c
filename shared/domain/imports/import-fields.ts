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
  'rowId',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Without a column for each of them there is nobody to make. */
export const REQUIRED_FIELDS = ['firstName', 'lastName'] as const satisfies readonly ImportField[];

/** The columns that an error file has besides those of the import: whose row it was, and why it failed. */
export const ROW_ID_HEADER = 'import_row';
export const ROW_ERROR_HEADER = 'import_error';
