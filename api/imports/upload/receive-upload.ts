import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { IMPORT_LIMITS } from '../../../shared/domain/imports/import-limits.ts';
import { errorCode } from '../../../shared/platform/config/error-code.ts';
import { makeFolderDurably } from '../../../shared/platform/files/durable-file.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Call } from '../../http/call.ts';
import { Problem } from '../../http/problem.ts';
import { brokenOff, onlyPart, type PartFacts } from './only-part.ts';

export interface ReceivedUpload {
  /** Whole and flushed, under a name that no import has. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** As the form says. */
  readonly name?: string;
}

/** Ends the names of files that were received and belong to no import yet. */
export const RECEIVED = '.received';

/** Writes the body of a request into a file, piece by piece. Nothing is left of one that is too large, or does not come to its end. */
export async function receiveUpload(
  { uploads }: Pick<ApiContext, 'uploads'>,
  call: Call,
  isForm: boolean,
): Promise<ReceivedUpload> {
  const folder = join(uploads.folder, call.actor.orgId);
  const path = join(folder, `${newId('imp')}${RECEIVED}`);
  const facts: PartFacts = {};
  const { incoming } = call;
  if (incoming === undefined) throw new Error('the operation takes no file');
  const pieces = isForm ? onlyPart(incoming, call.header('content-type') ?? '', facts) : body(incoming);
  try {
    await makeFolderDurably(folder);
    return { path, ...(await uploads.write(path, withinLimit(pieces))), ...facts };
  } catch (error) {
    throw faultOf(error, incoming);
  }
}

/** Whoever stops reading it can still be answered: the connection stays. */
async function* body(incoming: Readable): AsyncGenerator<Uint8Array, void> {
  const pieces = incoming.iterator({ destroyOnReturn: false });
  for await (const piece of pieces) yield piece as Uint8Array;
}

async function* withinLimit(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let sizeBytes = 0;
  for await (const piece of pieces) {
    sizeBytes += piece.byteLength;
    if (sizeBytes > IMPORT_LIMITS.fileBytes) throw new Problem('IMPORT_TOO_LARGE');
    yield piece;
  }
}

const NO_ROOM: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);

function faultOf(error: unknown, incoming: Readable): unknown {
  if (NO_ROOM.has(errorCode(error))) return new Problem('IMPORT_DISK_FULL');
  return incoming.readableAborted ? brokenOff() : error;
}
