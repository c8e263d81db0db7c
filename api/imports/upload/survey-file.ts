import { ImportFileError } from '../../../shared/platform/imports/import-file-error.ts';
import {
  openImportFile,
  type FileShape,
  type ToldShape,
} from '../../../shared/platform/imports/open-import-file.ts';
import { Problem } from '../../http/problem.ts';

export interface SurveyedFile {
  readonly shape: FileShape;
  readonly headers: readonly string[];
  readonly rows: number;
}

/** Reads a file to its end, a row at a time, so that whatever is wrong with it is told before anything is done. */
export async function surveyFile(path: string, told: ToldShape): Promise<SurveyedFile> {
  try {
    const file = await openImportFile(path, told);
    let count = 0;
    for (const reading = file.rows(); (await reading.next()).done !== true;) count += 1;
    return { shape: file.shape, headers: file.headers, rows: count };
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    const { code, line, message } = error;
    throw new Problem(code, line === undefined ? {} : { detail: message, members: { line } });
  }
}
