import { IMPORT_FILE_FAULTS, type ImportFileFaultCode } from '../../errors/import-file-faults.ts';

/** The file cannot be taken. Its text is ours, and holds nothing of the file. */
export class ImportFileError extends Error {
  override readonly name = 'ImportFileError';
  readonly code: ImportFileFaultCode;
  /** Of the file, from 1, where the fault has a place. */
  readonly line: number | undefined;

  constructor(code: ImportFileFaultCode, line?: number) {
    super(`${IMPORT_FILE_FAULTS[code]}${line === undefined ? '' : ` Line ${line}.`}`);
    this.code = code;
    this.line = line;
  }
}
