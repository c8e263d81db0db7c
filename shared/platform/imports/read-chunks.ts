import { createReadStream } from 'node:fs';

/** The bytes of a file from an offset on, 64 KB at a time. The file is closed by whoever stops reading. */
export function readChunks(path: string, from = 0): AsyncIterable<Buffer> {
  return createReadStream(path, { start: from, highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>;
}
