import iconv from 'iconv-lite';
import type { ImportFileFaultCode } from '../../../errors/import-file-faults.ts';
import { ImportFileError } from '../import-file-error.ts';
import { readChunks } from '../read-chunks.ts';
import type { Encoding, FoundEncoding } from './encodings.ts';
import { createLineCounter } from './line-counter.ts';

const REPLACEMENT = '\ufffd';

/** A piece may end within a character that takes two units of UTF-16: its half waits for the next one. */
const FIRST_HALF = /[\ud800-\udbff]$/u;

type DecodedEncoding = Exclude<Encoding, 'utf-8'>;

/** What no text in this encoding has, once it is decoded. */
const DAMAGE: Readonly<
  Record<DecodedEncoding, { readonly code: ImportFileFaultCode; readonly pattern: RegExp }>
> = {
  // A lone half of a character.
  'utf-16le': { code: 'IMPORT_INVALID_UTF16', pattern: /\p{Cs}/u },
  'utf-16be': { code: 'IMPORT_INVALID_UTF16', pattern: /\p{Cs}/u },
  // Five bytes mean nothing there.
  'windows-1252': { code: 'IMPORT_INVALID_WINDOWS_1252', pattern: new RegExp(REPLACEMENT, 'u') },
};

/** The text of a file in UTF-8, without its mark. UTF-8 comes as it is: the survey looked at it. */
export async function* decodeText(path: string, found: FoundEncoding): AsyncGenerator<Buffer> {
  const { encoding, markBytes } = found;
  if (encoding === 'utf-8') {
    yield* readChunks(path, markBytes);
    return;
  }
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  const check = createCheck(encoding);
  let read = 0;
  let held = '';
  for await (const chunk of readChunks(path, markBytes)) {
    read += chunk.length;
    const text = held + decoder.write(chunk);
    held = FIRST_HALF.exec(text)?.[0] ?? '';
    yield check.passed(text.slice(0, text.length - held.length));
  }
  yield check.passed(held + (decoder.end() ?? ''));
  if (encoding !== 'windows-1252' && read % 2 !== 0) throw check.fault('IMPORT_INVALID_UTF16', '');
}

/** Looks at each piece of a decoded text, and counts its lines in case there is a fault. */
function createCheck(encoding: DecodedEncoding) {
  const { code, pattern } = DAMAGE[encoding];
  const lines = createLineCounter();
  let bytes = 0;
  const count = (text: string): Buffer => {
    const counted = Buffer.from(text);
    lines.feed(counted);
    bytes += counted.length;
    lines.lineAt(bytes);
    return counted;
  };
  const fault = (why: ImportFileFaultCode, before: string): ImportFileError => {
    count(before);
    return new ImportFileError(why, lines.lineAt(bytes));
  };
  return {
    fault,
    passed(text: string): Buffer {
      const nulAt = text.indexOf('\0');
      if (nulAt !== -1) throw fault('IMPORT_NUL_BYTE', text.slice(0, nulAt));
      const damagedAt = text.search(pattern);
      if (damagedAt !== -1) throw fault(code, text.slice(0, damagedAt));
      return count(text);
    },
  };
}
