/** Why a file of people cannot be taken. Each refuses the whole file, before anything is done. */
export const IMPORT_FILE_FAULTS = {
  IMPORT_EMPTY: 'The file is empty.',
  IMPORT_HEADER_ONLY: 'The file has a header and no rows.',
  IMPORT_TOO_LARGE: 'The file is larger than 50 MB: split it.',
  IMPORT_TOO_MANY_ROWS: 'The file has more than 200,000 rows: split it.',
  IMPORT_TOO_MANY_COLUMNS: 'A row has more than 100 columns.',
  IMPORT_RECORD_TOO_LARGE: 'A row is larger than 64 KB.',
  IMPORT_BINARY: 'The file is neither text nor an Excel workbook.',
  IMPORT_NUL_BYTE: 'The file holds a NUL character, which no text has: it is damaged.',
  IMPORT_INVALID_UTF8: 'The file is UTF-8, and a character of it is damaged.',
  IMPORT_INVALID_UTF16: 'The file is UTF-16, and a character of it is damaged.',
  IMPORT_INVALID_WINDOWS_1252:
    'The file is neither UTF-8 nor Windows-1252: it holds a character that both leave out.',
  IMPORT_QUOTE_UNBALANCED:
    'A quotation mark of the row that begins on this line is not closed, or stands within a value. Within quotes it is written twice.',
  IMPORT_EXCEL_UNREADABLE:
    'The file is an old Excel workbook (.xls), or one with a password: save it as .xlsx without a password.',
  IMPORT_NOT_XLSX: 'The file is a zip archive, but no Excel workbook (.xlsx) that can be read.',
  IMPORT_UNPACKS_TOO_LARGE: 'The Excel workbook unpacks to far more than a list of people would.',
} as const satisfies Readonly<Record<string, string>>;
export type ImportFileFaultCode = keyof typeof IMPORT_FILE_FAULTS;

/** Why the columns of a file cannot be understood as they are. */
export const IMPORT_MAPPING_FAULTS = {
  IMPORT_HEADER_TWICE: 'A header stands there twice: which of them counts?',
  IMPORT_COLUMN_MISSING: 'No column was found for this, and nobody can be made without it.',
  IMPORT_COLUMN_UNKNOWN: 'The file has no column with this header.',
  IMPORT_FIELD_TWICE: 'Two columns are to fill the same field.',
} as const satisfies Readonly<Record<string, string>>;
export type ImportMappingFaultCode = keyof typeof IMPORT_MAPPING_FAULTS;
