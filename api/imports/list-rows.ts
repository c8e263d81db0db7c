import { rowIdOf, type RowFault } from '../../shared/domain/imports/import-row.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { rowsQuery } from './import-fields.ts';
import { importOr404 } from './import-or-404.ts';
import { modeOf, readRows, type ReadRow } from './read-rows.ts';
import { sentenceOfFault } from './sentence-of-fault.ts';

/** What became of every row, or will. */
export async function listRows(context: ApiContext, call: Call): Promise<Answer> {
  const { status: statuses, warned, mode: asked, ...wanted } = parse(rowsQuery, call.query, 'query');
  const theImport = await importOr404(context, call);
  const mode = modeOf(theImport, asked);
  const isWanted = ({ result }: ReadRow): boolean => {
    const isWarned = (result?.warnings ?? []).length > 0;
    if (warned !== undefined && isWarned !== (warned === 'true')) return false;
    return statuses?.includes(result?.status ?? 'waiting') ?? true;
  };
  return answerPage<ReadRow>(call, wanted, {
    name: 'import rows',
    key: /^\d{1,7}$/u,
    keyOf: ({ row }) => String(row.number),
    async read({ after, limit }) {
      const found: ReadRow[] = [];
      for await (const read of readRows(context, theImport, mode, Number(after ?? 0))) {
        if (isWanted(read)) found.push(read);
        if (found.length >= limit) break;
      }
      return found;
    },
    show: (rows) => rows.map((read) => rowView(theImport.id, read)),
  });
}

function rowView(importId: string, { row, result }: ReadRow) {
  const { number, line } = row;
  const { status, personId, address, caseId, error, warnings = [] } = result ?? { status: 'waiting' };
  return {
    ...{ row: number, line, rowId: rowIdOf(importId, number), status },
    ...(address === undefined ? {} : { address }),
    ...(personId === undefined ? {} : { personId }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(error === undefined ? {} : { error: faultView(error) }),
    warnings: warnings.map(faultView),
  };
}

function faultView({ code, field, detail }: RowFault) {
  return {
    ...{ code, sentence: sentenceOfFault(code) },
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { detail }),
  };
}
