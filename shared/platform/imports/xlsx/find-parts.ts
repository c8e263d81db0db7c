import { posix } from 'node:path';
import { ImportFileError } from '../import-file-error.ts';
import type { WorkbookPackage } from './open-package.ts';
import { localName, readXml } from './xml-reader.ts';

/** Where the parts lie that make up the first sheet somebody sees. */
export interface SheetParts {
  readonly sheetName: string;
  readonly sheet: string;
  readonly sharedTexts?: string;
  readonly styles?: string;
  /** Days are counted from 1904, as Excel did on the first Macintosh. */
  readonly from1904: boolean;
}

interface Relation {
  readonly id: string;
  /** The last word of its type, e.g. `worksheet`. */
  readonly kind: string;
  readonly target: string;
}

export async function findParts(parts: WorkbookPackage): Promise<SheetParts> {
  const workbook = (await relationsOf(parts, '')).find(({ kind }) => kind === 'officeDocument')?.target;
  if (workbook === undefined) throw new ImportFileError('IMPORT_NOT_XLSX');
  const relations = await relationsOf(parts, workbook);
  const { sheets, from1904 } = await readWorkbook(parts, workbook);
  const first = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  const sheet = relations.find(({ id, kind }) => id === first?.relationId && kind === 'worksheet');
  if (first === undefined || sheet === undefined) throw new ImportFileError('IMPORT_NOT_XLSX');
  const sharedTexts = relations.find(({ kind }) => kind === 'sharedStrings')?.target;
  const styles = relations.find(({ kind }) => kind === 'styles')?.target;
  return {
    sheetName: first.name,
    sheet: sheet.target,
    from1904,
    ...(sharedTexts !== undefined && parts.has(sharedTexts) ? { sharedTexts } : {}),
    ...(styles !== undefined && parts.has(styles) ? { styles } : {}),
  };
}

async function readWorkbook(parts: WorkbookPackage, workbook: string) {
  const sheets: { readonly name: string; readonly relationId: string; readonly isHidden: boolean }[] = [];
  let from1904 = false;
  await readXml(parts.readSmall(workbook), {
    opened(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      // `r:id`, by whatever prefix; `sheetId` is something else.
      const relation = Object.entries(attributes).find(
        ([key]) => key.includes(':') && localName(key) === 'id',
      );
      const isHidden = (attributes['state'] ?? 'visible') !== 'visible';
      sheets.push({ name: attributes['name'] ?? '', relationId: relation?.[1] ?? '', isHidden });
    },
  });
  return { sheets, from1904 };
}

/** What a part refers to; the package itself is the part without a name. */
async function relationsOf(parts: WorkbookPackage, part: string): Promise<readonly Relation[]> {
  const { dir, base } = posix.parse(part);
  const relations: Relation[] = [];
  await readXml(parts.readSmall(posix.join(dir, '_rels', `${base}.rels`)), {
    opened(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
      relations.push({
        id,
        kind: posix.basename(type),
        target: posix.resolve('/', dir, target).slice(1),
      });
    },
  });
  return relations;
}
