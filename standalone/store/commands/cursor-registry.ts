import { randomInt } from 'node:crypto';
import type { DocumentSource } from '../query/document-source.ts';
import { StoreError } from '../store-error.ts';

/** Cursors between two batches. One that nobody asks again is forgotten after ten minutes, and their number is bounded. */
interface OpenCursor {
  readonly namespace: string;
  readonly source: DocumentSource;
}

export interface CursorRegistry {
  readonly add: (cursor: OpenCursor) => number;
  readonly take: (id: number, namespace: string) => OpenCursor;
  readonly putBack: (id: number, cursor: OpenCursor) => void;
  readonly kill: (id: number, namespace: string) => boolean;
  readonly size: () => number;
  readonly close: () => void;
}

const IDLE_MS = 10 * 60_000;
const SWEEP_MS = 60_000;
const MAX_CURSORS = 1000;
const MAX_ID = 2 ** 47;

export function createCursorRegistry(): CursorRegistry {
  const cursors = new Map<number, { cursor: OpenCursor; usedAtMs: number }>();
  const sweep = setInterval(() => {
    const limit = performance.now() - IDLE_MS;
    for (const [id, entry] of cursors) if (entry.usedAtMs < limit) cursors.delete(id);
  }, SWEEP_MS);
  sweep.unref();

  const putBack = (id: number, cursor: OpenCursor): void => {
    cursors.set(id, { cursor, usedAtMs: performance.now() });
  };
  const find = (id: number, namespace: string): OpenCursor | undefined => {
    const entry = cursors.get(id);
    return entry?.cursor.namespace === namespace ? entry.cursor : undefined;
  };

  return {
    add: (cursor) => {
      if (cursors.size >= MAX_CURSORS) {
        throw new StoreError(
          'BadValue',
          `more than ${MAX_CURSORS} cursors are open; close some or read larger batches`,
        );
      }
      const id = randomInt(1, MAX_ID);
      putBack(id, cursor);
      return id;
    },
    take: (id, namespace) => {
      const cursor = find(id, namespace);
      if (cursor === undefined) throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
      cursors.delete(id);
      return cursor;
    },
    putBack,
    kill: (id, namespace) => find(id, namespace) !== undefined && cursors.delete(id),
    size: () => cursors.size,
    close: () => {
      clearInterval(sweep);
      cursors.clear();
    },
  };
}
