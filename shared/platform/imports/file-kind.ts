import { ImportFileError } from './import-file-error.ts';

/** How files begin that people take for lists, and that are none. */
const BINARY_STARTS: readonly Buffer[] = [
  Buffer.from('%PDF-'),
  Buffer.from('{\\rtf'),
  // PNG, JPEG, gzip.
  Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  Buffer.from([0xff, 0xd8, 0xff]),
  Buffer.from([0x1f, 0x8b, 0x08]),
];
/** Workbooks of before 2007, and those with a password. */
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP_STARTS: readonly Buffer[] = [Buffer.from('PK\x03\x04'), Buffer.from('PK\x05\x06')];

/** A damaged text has a few, anything else has many. Tabs, line breaks, form feeds and the mark of a DOS file's end are usual. */
const UNUSUAL = /[^\t\n\v\f\r\x1a\x20-\uffff]/gu;
const TOLERATED = { count: 8, share: 0.05 };

/** By its content: names of files and types of uploads are often wrong. */
export function fileKind(start: Buffer): 'text' | 'xlsx' {
  const beginsWith = (bytes: Buffer): boolean => start.subarray(0, bytes.length).equals(bytes);
  if (ZIP_STARTS.some(beginsWith)) return 'xlsx';
  if (beginsWith(OLD_EXCEL)) throw new ImportFileError('IMPORT_EXCEL_UNREADABLE');
  if (BINARY_STARTS.some(beginsWith)) throw new ImportFileError('IMPORT_BINARY');
  return 'text';
}

/** Asked of what is no UTF-16, where every other character would be unusual. */
export function refuseBinary(start: Buffer): void {
  const unusual = start.toString('latin1').match(UNUSUAL)?.length ?? 0;
  if (unusual > TOLERATED.count && unusual > start.length * TOLERATED.share)
    throw new ImportFileError('IMPORT_BINARY');
}
