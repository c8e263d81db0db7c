import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import iconv from 'iconv-lite';
import type { ImportRecord } from '../../../shared/domain/imports/import-record.ts';
import { ImportFileError } from '../../../shared/platform/imports/import-file-error.ts';
import { openImportFile, type ToldShape } from '../../../shared/platform/imports/open-import-file.ts';
import type { Encoding } from '../../../shared/platform/imports/text/encodings.ts';

/** A folder for the files of one test file; each call keeps one and gives its path. */
export function createFolder(): (content: string | Uint8Array) => string {
  let folder = '';
  let count = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-imports-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (content) => {
    count += 1;
    const path = join(folder, String(count));
    writeFileSync(path, content);
    return path;
  };
}

export function encoded(text: string, encoding: Encoding, withMark = false): Uint8Array {
  return iconv.encode(text, encoding, { addBOM: withMark });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export interface WholeFile {
  readonly headers: readonly string[];
  readonly rows: readonly ImportRecord[];
}

export async function readAll(path: string, told?: ToldShape): Promise<WholeFile> {
  const file = await openImportFile(path, told);
  return { headers: file.headers, rows: await collect(file.rows()) };
}

/** Why a file is not taken, when all of it is read. */
export async function faultOf(path: string, told?: ToldShape): Promise<{ code: string; line?: number }> {
  try {
    await readAll(path, told);
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    return { code: error.code, ...(error.line === undefined ? {} : { line: error.line }) };
  }
  throw new Error('the file was taken');
}
