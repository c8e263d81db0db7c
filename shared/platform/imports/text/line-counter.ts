const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Counts lines over chunks of text in UTF-8, or in an encoding that has the same line breaks. */
export interface LineCounter {
  /** The number of the line that a byte stands on. Asked in the order of the text, within what was fed. */
  lineAt(offset: number): number;
  /** The first byte from here on that is no line break. Nothing is counted. */
  skipBreaks(offset: number): number;
  feed(chunk: Buffer): void;
}

/** A line ends with LF, CR LF or CR. What was counted is forgotten, so memory is that of the chunks in between. */
export function createLineCounter(): LineCounter {
  const chunks: Buffer[] = [];
  let startOffset = 0;
  let countedTo = 0;
  let line = 1;
  let last: number | undefined;

  function count(byte: number | undefined): void {
    if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && last !== CARRIAGE_RETURN)) line += 1;
    last = byte;
  }

  return {
    feed(chunk) {
      chunks.push(chunk);
    },
    lineAt(offset) {
      while (countedTo < offset) {
        const [chunk] = chunks;
        if (chunk === undefined) throw new RangeError('a line was asked for before its text was there');
        const end = Math.min(offset - startOffset, chunk.length);
        for (let at = countedTo - startOffset; at < end; at += 1) count(chunk[at]);
        countedTo = startOffset + end;
        if (end < chunk.length) break;
        chunks.shift();
        startOffset += chunk.length;
      }
      return line;
    },
    skipBreaks(offset) {
      let at = offset;
      let before = startOffset;
      for (const chunk of chunks) {
        for (; at - before < chunk.length; at += 1) {
          const byte = chunk[at - before];
          if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) return at;
        }
        before += chunk.length;
      }
      return at;
    },
  };
}
