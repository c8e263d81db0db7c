import { HEADER_BYTES, MalformedMessageError } from './messages.ts';

/** Cuts a byte stream into messages. A length no client may send ends the connection before anything is kept. */
export interface FrameReader {
  readonly push: (chunk: Buffer, maxBytes: number) => Buffer[];
}

export function createFrameReader(): FrameReader {
  let chunks: Buffer[] = [];
  let size = 0;
  let expected = 0;

  const gather = (): Buffer => {
    const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
    chunks = [whole];
    return whole;
  };

  return {
    push: (chunk, maxBytes) => {
      chunks.push(chunk);
      size += chunk.length;
      const messages: Buffer[] = [];
      while (size >= 4) {
        if (expected === 0) {
          expected = gather().readInt32LE(0);
          if (expected < HEADER_BYTES || expected > maxBytes) {
            throw new MalformedMessageError(`a message of ${expected} bytes is not accepted`);
          }
        }
        if (size < expected) break;
        const whole = gather();
        messages.push(whole.subarray(0, expected));
        size -= expected;
        chunks = size === 0 ? [] : [whole.subarray(expected)];
        expected = 0;
      }
      return messages;
    },
  };
}
