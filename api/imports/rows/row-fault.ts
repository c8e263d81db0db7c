import { IMPORT_FIELDS, type ImportField } from '../../../shared/domain/imports/import-fields.ts';
import type { RowFault, RowResult } from '../../../shared/domain/imports/import-row.ts';
import type { Problem } from '../../http/problem.ts';

export const failed = (error: RowFault, personId?: string): RowResult => ({
  status: 'failed',
  error,
  ...(personId === undefined ? {} : { personId }),
});

/** A refusal of the API, as a row shows it. */
export function faultOf({ code, options }: Problem): RowFault {
  const { detail } = options;
  const field = fieldOf(options.field);
  return {
    code: code === 'INVALID_REQUEST' ? 'VALUE_INVALID' : code,
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** The column that a pointer into a body means. */
function fieldOf(pointer: string | undefined): ImportField | undefined {
  const name = pointer?.split('/')[1];
  return IMPORT_FIELDS.find((field) => field === name);
}
