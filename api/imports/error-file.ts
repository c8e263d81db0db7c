import { ROW_ERROR_HEADER, ROW_ID_HEADER } from '../../shared/domain/imports/import-fields.ts';
import { readRowId, rowIdOf, type RowFault } from '../../shared/domain/imports/import-row.ts';
import type { ImportMode, PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { MEDIA_TYPES, writeTable } from '../../shared/platform/exports/write-table.ts';
import type { ExportTable } from '../../shared/platform/exports/export-cell.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { modeQuery } from './import-fields.ts';
import { importOr404 } from './import-or-404.ts';
import { mappingOf } from './import-view.ts';
import { modeOf, readRows, type ReadRow } from './read-rows.ts';
import { sentenceOfFault } from './sentence-of-fault.ts';

/** The rows that failed, as they came, with whose row it was and why: to be mended and uploaded again. */
export async function errorFile(context: ApiContext, call: Call): Promise<Answer> {
  const { mode: asked } = parse(modeQuery, call.query, 'query');
  const theImport = await importOr404(context, call);
  const table = failedRows(context, theImport, modeOf(theImport, asked));
  return fileAnswer(table, `import-${theImport.id}-errors.csv`);
}

/** A table as a file of comma-separated values that Excel opens, written while it is read. */
export function fileAnswer(table: ExportTable, filename: string): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': MEDIA_TYPES.csv,
      'Content-Disposition': `attachment; filename="${filename}"`,
      'Cache-Control': 'no-store',
    },
    stream: writeTable('csv', table, { name: 'Rows', withMark: true }),
  };
}

/** Our columns come first: a row with values beyond the last header keeps them where they stood. */
function failedRows(context: ApiContext, theImport: PeopleImport, mode: ImportMode): ExportTable {
  const { id, headers, passwordColumn } = theImport;
  const rowIdColumn = mappingOf(theImport).fields.indexOf('rowId');
  const isOurs = (column: number): boolean =>
    column === rowIdColumn || OURS.has((headers[column] ?? '').toLowerCase());
  const kept = <T>(values: readonly T[]): readonly T[] => values.filter((_, column) => !isOurs(column));
  const cellsOf = ({ row }: ReadRow, error: RowFault): readonly string[] => {
    const values = row.values.map((value, column) => (column === passwordColumn ? '' : value));
    // A row that was mended before is still the one it was at first.
    const earlier = row.values[rowIdColumn]?.trim() ?? '';
    const rowId = readRowId(earlier) === undefined ? rowIdOf(id, row.number) : earlier;
    return [rowId, reasonOf(error), ...kept(values)];
  };
  return {
    headers: [ROW_ID_HEADER, ROW_ERROR_HEADER, ...kept(headers)],
    rows: (async function* () {
      for await (const read of readRows(context, theImport, mode))
        if (read.result?.error !== undefined) yield cellsOf(read, read.result.error);
    })(),
  };
}

const OURS: ReadonlySet<string> = new Set([ROW_ID_HEADER, ROW_ERROR_HEADER]);

function reasonOf({ code, field, detail }: RowFault): string {
  const where = field === undefined ? '' : `, ${field}`;
  return [`${sentenceOfFault(code)} (${code}${where})`, ...(detail === undefined ? [] : [detail])].join(' ');
}
