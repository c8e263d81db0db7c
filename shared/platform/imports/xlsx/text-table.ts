import { IMPORT_LIMITS, WORKBOOK_LIMITS } from '../../../domain/imports/import-limits.ts';
import { ImportFileError } from '../import-file-error.ts';

/** Texts by their number. Millions of them take little more than their bytes, and nothing of the heap. */
export interface TextTable {
  add(text: string): void;
  at(index: number): string | undefined;
}

const BLOCK_BYTES = 1024 * 1024;
/** A longer text fits into no row: what is kept of it is enough for the row to be refused. */
const KEPT_BYTES = IMPORT_LIMITS.recordBytes + 4;

export function createTextTable(): TextTable {
  const blocks: Buffer[] = [];
  let ends = new Uint32Array(1024);
  let starts = new Uint32Array(1024);
  let count = 0;
  let used = BLOCK_BYTES;

  function place(length: number): Buffer {
    if (used + length > BLOCK_BYTES) {
      if ((blocks.length + 1) * BLOCK_BYTES > WORKBOOK_LIMITS.sharedTextBytes)
        throw new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
      blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      used = 0;
    }
    const block = blocks.at(-1) as Buffer;
    starts[count] = (blocks.length - 1) * BLOCK_BYTES + used;
    used += length;
    ends[count] = (blocks.length - 1) * BLOCK_BYTES + used;
    return block.subarray(used - length, used);
  }

  return {
    add(text) {
      if (count === WORKBOOK_LIMITS.sharedTexts) throw new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
      if (count === starts.length) [starts, ends] = [doubled(starts), doubled(ends)];
      const bytes = Buffer.from(text).subarray(0, KEPT_BYTES);
      bytes.copy(place(bytes.length));
      count += 1;
    },
    at(index) {
      const start = starts[index];
      const end = ends[index];
      if (index >= count || start === undefined || end === undefined) return undefined;
      const blockStart = Math.floor(start / BLOCK_BYTES) * BLOCK_BYTES;
      return blocks[blockStart / BLOCK_BYTES]?.toString('utf8', start - blockStart, end - blockStart);
    },
  };
}

function doubled(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(numbers.length * 2);
  grown.set(numbers);
  return grown;
}
