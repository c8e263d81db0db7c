import { access } from 'node:fs/promises';
import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import { DownloadCut } from '../../shared/platform/api-client/api-client.ts';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { unlessMissing, writePiecesDurably } from '../../shared/platform/files/durable-file.ts';
import { CommandFailure, refusalOf } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { importPath } from './import-text.ts';

/** Writes the rows that failed beside their file, under a name that nothing has yet; gives that name. */
export async function writeErrorFile(api: ApiClient, id: string, file: string): Promise<string> {
  const place = await freeName(file);
  const path = `${importPath(id)}/errors`;
  const { answer, bytes } = await api.download(path);
  if (bytes === undefined) throw refusalOf(answer);
  try {
    await writePiecesDurably(place, bytes);
  } catch (error) {
    if (error instanceof DownloadCut)
      throw failed('ERRORS_CUT', `The rows that failed came in part only. They are at ${path}.`);
    const code = errorCode(error);
    if (code === undefined || code === 'ABORT_ERR') throw error;
    throw failed('FILE_UNWRITABLE', `${place} cannot be written (${code}). Its rows are at ${path}.`);
  }
  return place;
}

function failed(code: string, sentence: string): CommandFailure {
  return new CommandFailure(code, sentence, EXIT.failed);
}

/** An earlier one may be half mended: it stays. */
async function freeName(file: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const place = count === 1 ? `${file}.errors.csv` : `${file}.errors.${String(count)}.csv`;
    if ((await unlessMissing(access(place).then(() => true))) !== true) return place;
  }
}
