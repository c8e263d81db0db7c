import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ShownImport } from '../../shared/platform/api-client/shown-import.ts';
import { systemReason } from '../../shared/platform/config/error-code.ts';
import { MEDIA_TYPES } from '../../shared/platform/exports/write-table.ts';
import { expectOk, misused } from '../command-failure.ts';
import { createProgress } from '../output/progress.ts';
import type { Terminal } from '../terminal.ts';

/** Sends a file as it is read, however large it is. */
export async function uploadFile(
  api: ApiClient,
  terminal: Terminal,
  file: string,
  settings: Readonly<Record<string, string>>,
): Promise<ShownImport> {
  const sizeBytes = await sizeOf(file);
  const progress = createProgress(terminal);
  const query = new URLSearchParams({ name: basename(file), ...settings });
  try {
    const answer = await api.upload(`/v1/imports?${query.toString()}`, {
      // What it is shows in itself.
      type: extname(file) === '.xlsx' ? MEDIA_TYPES.xlsx : 'text/csv',
      pieces: () =>
        pieces(file, (sentBytes) => progress.show('Uploading', sizeBytes === 0 ? 1 : sentBytes / sizeBytes)),
    });
    return expectOk(answer) as unknown as ShownImport;
  } finally {
    progress.end();
  }
}

async function* pieces(file: string, onSent: (bytes: number) => void): AsyncGenerator<Uint8Array, void> {
  let sent = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Uint8Array>) {
    yield piece;
    onSent((sent += piece.byteLength));
  }
}

/** Before anybody is asked: a file that cannot be read is no fault of whoever does not get it. */
async function sizeOf(file: string): Promise<number> {
  try {
    await access(file, constants.R_OK);
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw misused('FILE_UNREADABLE', `The file ${file} cannot be read (${systemReason(error)}).`);
  }
  throw misused('FILE_UNREADABLE', `${file} is no file.`);
}
