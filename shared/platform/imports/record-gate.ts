import { isBlank, type ImportRecord } from '../../domain/imports/import-record.ts';
import { IMPORT_LIMITS } from '../../domain/imports/import-limits.ts';
import { ImportFileError } from './import-file-error.ts';

/**
 * Lets records through that are within the limits, and leaves blank ones out. The first one is the header, which counts as no
 * row. Memory stays flat: one record at a time.
 */
export async function* withinLimits(records: AsyncIterable<ImportRecord>): AsyncGenerator<ImportRecord> {
  let passed = 0;
  for await (const record of records) {
    if (record.values.length > IMPORT_LIMITS.columns)
      throw new ImportFileError('IMPORT_TOO_MANY_COLUMNS', record.line);
    if (isBlank(record.values)) continue;
    if (passed > IMPORT_LIMITS.rows) throw new ImportFileError('IMPORT_TOO_MANY_ROWS', record.line);
    passed += 1;
    yield record;
  }
}
