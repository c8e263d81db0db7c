import type { ImportField } from '../../../shared/domain/imports/import-fields.ts';
import {
  readRowId,
  type RowFault,
  type RowResult,
  type StagedRow,
} from '../../../shared/domain/imports/import-row.ts';
import { hasSurplus, pickFields } from '../../../shared/domain/imports/map-columns.ts';
import type { PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import { readOperation, type RowOperation } from '../../../shared/domain/imports/row-words.ts';
import { rowPersonId } from '../../../shared/platform/imports/row-person-id.ts';
import { failed } from './row-fault.ts';
import type { Scene } from './scene.ts';

export type RowTexts = Readonly<Partial<Record<ImportField, string>>>;

/** A row that says what it wants. */
export interface ReadRow {
  readonly row: StagedRow;
  readonly operation: RowOperation;
  readonly texts: RowTexts;
  /** Whom it makes: of a row that came before and is sent again, who it was to make then. */
  readonly personId: string;
  /** Somebody was meant by the id of a row. */
  readonly isSentAgain: boolean;
}

export type RowReading = ReadRow | { readonly row: StagedRow; readonly result: RowResult };

/** What the rows say, as far as it can be understood without looking anybody up. */
export async function readRows(scene: Scene, rows: readonly StagedRow[]): Promise<readonly RowReading[]> {
  const earlier = new Map<string, PeopleImport | undefined>();
  const importOf = async (id: string): Promise<PeopleImport | undefined> => {
    const { repositories } = scene.context;
    if (!earlier.has(id)) earlier.set(id, await repositories.imports.get(scene.organisation.id, id));
    return earlier.get(id);
  };
  const readings: RowReading[] = [];
  for (const row of rows) readings.push(await readRow(scene, row, importOf));
  return readings;
}

async function readRow(
  { theImport, fields }: Scene,
  row: StagedRow,
  importOf: (id: string) => Promise<PeopleImport | undefined>,
): Promise<RowReading> {
  const faulty = (fault: RowFault): RowReading => ({ row, result: failed(fault) });
  if (hasSurplus(theImport.headers, row.values)) return faulty({ code: 'ROW_SURPLUS' });
  const texts = pickFields(fields, row.values);
  const operation = texts.operation === undefined ? 'create' : readOperation(texts.operation);
  if (operation === undefined) return faulty({ code: 'OPERATION_UNKNOWN', field: 'operation' });
  const read = { row, operation, texts };
  if (texts.rowId === undefined)
    return { ...read, personId: rowPersonId(theImport, row.number), isSentAgain: false };
  const rowId = readRowId(texts.rowId);
  const first = rowId && (await importOf(rowId.importId));
  if (rowId === undefined || first === undefined || rowId.row > first.file.rows)
    return faulty({ code: 'ROW_ID_UNKNOWN', field: 'rowId' });
  return { ...read, personId: rowPersonId(first, rowId.row), isSentAgain: true };
}
