import type { ImportFileFaultCode } from '../../../errors/import-file-faults.ts';
import type { Delimiter } from './encodings.ts';

const QUOTE = 0x22;
const LINE_BREAKS = [0x0a, 0x0d];

/**
 * A record that is larger than allowed may be just that, or one that a quote holds open by mistake: then everything up to the
 * next quote, or the end of the file, looks like its value. Given its text from its beginning to the end of the file.
 */
export async function whyNoEnd(
  text: AsyncIterable<Buffer>,
  delimiter: Delimiter,
): Promise<ImportFileFaultCode> {
  let quoted = false;
  let justClosed = false;
  for await (const chunk of text)
    for (const byte of chunk) {
      if (byte === QUOTE) {
        // Twice within quotes is one that belongs to the value: closed, and opened again.
        justClosed = quoted;
        quoted = !quoted;
        continue;
      }
      const ends = LINE_BREAKS.includes(byte);
      if (justClosed && !ends && byte !== delimiter.charCodeAt(0)) return 'IMPORT_QUOTE_UNBALANCED';
      if (ends && !quoted) return 'IMPORT_RECORD_TOO_LARGE';
      justClosed = false;
    }
  return quoted ? 'IMPORT_QUOTE_UNBALANCED' : 'IMPORT_RECORD_TOO_LARGE';
}
