import { serialize } from 'bson';
import type { DocumentSource } from '../query/document-source.ts';

/** Fills batches and writes them around the stored bytes of the documents, which are not decoded for it. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const TYPE_DOCUMENT = 0x03;
const TYPE_ARRAY = 0x04;

export interface Batch {
  readonly documents: readonly Buffer[];
  readonly exhausted: boolean;
}

export function fillBatch(source: DocumentSource, batchSize: number): Batch {
  const documents: Buffer[] = [];
  let size = 0;
  let exhausted = false;
  while (documents.length < batchSize && size < MAX_BATCH_BYTES) {
    const bytes = source.next();
    if (bytes === undefined) {
      exhausted = true;
      break;
    }
    documents.push(bytes);
    size += bytes.length;
  }
  source.pause();
  return { documents, exhausted };
}

export function cursorReply(
  field: 'firstBatch' | 'nextBatch',
  documents: readonly Buffer[],
  id: number,
  namespace: string,
): Buffer {
  const rest = elementsOf({ id: BigInt(id), ns: namespace });
  const batch = element(
    TYPE_ARRAY,
    field,
    wrap(documents.map((bytes, at) => element(TYPE_DOCUMENT, String(at), bytes))),
  );
  return wrap([element(TYPE_DOCUMENT, 'cursor', wrap([batch, rest])), elementsOf({ ok: 1 })]);
}

function elementsOf(document: Record<string, unknown>): Buffer {
  return Buffer.from(serialize(document).subarray(4, -1));
}

function element(type: number, name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value]);
}

function wrap(elements: readonly Buffer[]): Buffer {
  const size = elements.reduce((sum, part) => sum + part.length, 5);
  const header = Buffer.alloc(4);
  header.writeInt32LE(size);
  return Buffer.concat([header, ...elements, Buffer.from([0])], size);
}
