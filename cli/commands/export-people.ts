import { access, constants } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { DownloadCut } from '../../shared/platform/api-client/api-client.ts';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { unlessMissing, writePiecesDurably } from '../../shared/platform/files/durable-file.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure, misused, refusalOf } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { inMegabytes } from '../output/in-megabytes.ts';
import { createProgress } from '../output/progress.ts';

/** As the API takes them in its query. */
export interface ExportOptions {
  readonly format?: string;
  readonly columns?: string;
  readonly status?: string;
  readonly department?: string;
  readonly domain?: string;
  readonly delimiter?: string;
  readonly bom?: true;
}

/** Writes people into a file, which is there once it is whole. */
export async function exportPeople(
  context: CommandContext,
  file: string,
  options: ExportOptions,
): Promise<ExitCode> {
  const { format = extname(file).slice(1), bom, ...wanted } = options;
  if (format !== 'csv' && format !== 'xlsx')
    throw misused('FORMAT_UNKNOWN', 'Name the file .csv or .xlsx, or say which with --format.');
  await assertPlace(file);
  const query = new URLSearchParams({ ...wanted, format, ...(bom === undefined ? {} : { bom: 'true' }) });
  const { answer, bytes } = await context.api().download(`/v1/people/export?${query.toString()}`);
  if (bytes === undefined) throw refusalOf(answer);
  const size = await write(context, file, bytes);
  context.show({ file, format, bytes: size }, `${file}: ${inMegabytes(size)}. Only you may read it.`);
  return EXIT.fine;
}

async function write(
  { terminal }: CommandContext,
  file: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  const progress = createProgress(terminal);
  progress.show('Writing people');
  try {
    return (await writePiecesDurably(file, bytes)).sizeBytes;
  } catch (error) {
    throw failureOf(error, file);
  } finally {
    progress.end();
  }
}

function failureOf(error: unknown, file: string): unknown {
  if (error instanceof DownloadCut)
    return new CommandFailure('EXPORT_CUT', 'The answer broke off; nothing was written.', EXIT.unreachable);
  const code = errorCode(error);
  return code === undefined || code === 'ABORT_ERR' ? error : unwritable(file, code);
}

function unwritable(file: string, code: string): CommandFailure {
  return misused('FILE_UNWRITABLE', `The file ${file} cannot be written (${code}).`);
}

/** Before anything is asked for: nothing of it is thrown away then. */
async function assertPlace(file: string): Promise<void> {
  if (await isThere(file)) throw misused('FILE_EXISTS', `The file ${file} is there already.`);
  try {
    await access(dirname(file), constants.W_OK);
  } catch (error) {
    throw unwritable(file, errorCode(error) ?? 'unknown reason');
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await unlessMissing(access(file).then(() => true))) ?? false;
}
