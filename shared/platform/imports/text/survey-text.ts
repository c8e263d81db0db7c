import { refuseBinary } from '../file-kind.ts';
import { ImportFileError } from '../import-file-error.ts';
import { readChunks } from '../read-chunks.ts';
import { markedEncoding, unmarkedUtf16, type Encoding, type FoundEncoding } from './encodings.ts';
import { createLineCounter } from './line-counter.ts';
import { createUtf8Census, type Utf8Count } from './utf8-census.ts';

/**
 * How the bytes of a file are to be read; refuses what no text is. Of a file without a byte order mark all of it is looked at:
 * a first name in line 100,000 may be the first one with an accent.
 *
 * - A mark decides, and so does whoever says what it is.
 * - UTF-16 without a mark shows by its NUL bytes.
 * - UTF-8 is what has at least as many characters of UTF-8 beyond ASCII as places where none can stand: whatever else is in there
 *   is damage. Text in Windows-1252 has such characters by rare chance.
 * - Everything else is taken for Windows-1252, which is a guess.
 */
export async function surveyText(path: string, start: Buffer, told?: Encoding): Promise<FoundEncoding> {
  const found = markedEncoding(start) ?? toldEncoding(told) ?? unmarkedUtf16(start);
  if (found !== undefined && isUtf16(found.encoding)) return found;
  refuseBinary(start);
  const { nulAt, utf8 } = await censusOf(path, found?.markBytes ?? 0);
  if (nulAt !== undefined) throw new ImportFileError('IMPORT_NUL_BYTE', await lineOf(path, nulAt));
  const decided = found ?? byContent(utf8);
  if (decided.encoding === 'utf-8' && utf8.firstFaultAt !== undefined)
    throw new ImportFileError(
      'IMPORT_INVALID_UTF8',
      await lineOf(path, decided.markBytes + utf8.firstFaultAt),
    );
  return decided;
}

function isUtf16(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

function toldEncoding(told: Encoding | undefined): FoundEncoding | undefined {
  return told === undefined ? undefined : { encoding: told, by: 'told', markBytes: 0 };
}

function byContent({ characters, faults }: Utf8Count): FoundEncoding {
  return faults > characters
    ? { encoding: 'windows-1252', by: 'guess', markBytes: 0 }
    : { encoding: 'utf-8', by: 'content', markBytes: 0 };
}

async function censusOf(path: string, markBytes: number) {
  const census = createUtf8Census();
  let offset = markBytes;
  let nulAt: number | undefined;
  for await (const chunk of readChunks(path, markBytes)) {
    census.feed(chunk);
    const at = nulAt === undefined ? chunk.indexOf(0) : -1;
    if (at !== -1) nulAt = offset + at;
    offset += chunk.length;
  }
  return { nulAt, utf8: census.count() };
}

async function lineOf(path: string, offset: number): Promise<number> {
  const lines = createLineCounter();
  let fed = 0;
  for await (const chunk of readChunks(path)) {
    lines.feed(chunk);
    fed += chunk.length;
    if (fed > offset) break;
    lines.lineAt(fed);
  }
  return lines.lineAt(offset);
}
