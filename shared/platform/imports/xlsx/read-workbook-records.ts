import type { ImportRecord } from '../../../domain/imports/import-record.ts';
import { findParts, type SheetParts } from './find-parts.ts';
import { openPackage, type WorkbookPackage } from './open-package.ts';
import { readSharedTexts } from './read-shared-texts.ts';
import { readSheet } from './read-sheet.ts';
import { readStyles } from './read-styles.ts';
import { createTextTable } from './text-table.ts';

/** The name of the sheet that is read: the first one that is not hidden. */
export async function sheetNameOf(path: string): Promise<string> {
  const parts = await openPackage(path);
  try {
    return (await findParts(parts)).sheetName;
  } finally {
    parts.close();
  }
}

/** The rows of the first sheet of a workbook that is not hidden. Values are as they stand: nothing in a cell of text is a formula. */
export async function* readWorkbookRecords(path: string): AsyncGenerator<ImportRecord> {
  const parts = await openPackage(path);
  try {
    const found = await findParts(parts);
    yield* readSheet(parts.read(found.sheet), await contextOf(parts, found));
  } finally {
    parts.close();
  }
}

async function contextOf(parts: WorkbookPackage, { sharedTexts, styles, from1904 }: SheetParts) {
  return {
    sharedTexts:
      sharedTexts === undefined ? createTextTable() : await readSharedTexts(parts.read(sharedTexts)),
    formats: styles === undefined ? [] : await readStyles(parts.readSmall(styles)),
    from1904,
  };
}
