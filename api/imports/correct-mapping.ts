import {
  mapColumns,
  type ColumnCorrection,
  type MappingFault,
} from '../../shared/domain/imports/map-columns.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportMappingFaultCode } from '../../shared/errors/import-file-faults.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { auditImport } from './audit-import.ts';
import { assertPossible, changeImport } from './change-import.ts';
import { mappingFields } from './import-fields.ts';
import { answerImport } from './answer-import.ts';

/** Faults of what is sent. The others are of the file, and one correction may not be all it needs. */
const OF_CORRECTIONS: ReadonlySet<ImportMappingFaultCode> = new Set([
  'IMPORT_COLUMN_UNKNOWN',
  'IMPORT_FIELD_TWICE',
]);

/** Says what columns mean. A dry run that was made before is worth nothing any more. */
export async function correctMapping(context: ApiContext, call: Call): Promise<Answer> {
  const { columns } = parse(mappingFields, call.body);
  const theImport = await changeImport(context, call, (known) => {
    assertPossible(known, 'mapping');
    return corrected(known, columns);
  });
  await auditImport(context, call, {
    action: 'import.mapped',
    theImport,
    of: `${theImport.id}:${theImport.rev}`,
  });
  return answerImport(context, theImport);
}

function corrected(theImport: PeopleImport, corrections: readonly ColumnCorrection[]): ImportChanges {
  const mapping = mapColumns(theImport.headers, corrections);
  const faults = mapping.kind === 'faulty' ? mapping.faults : [];
  const fault = faults.find(({ code }) => OF_CORRECTIONS.has(code)) ?? headerNamedTwice(corrections);
  if (fault !== undefined) throw mappingProblem(fault, '/columns');
  assertPasswordsThere(theImport, mapping.fields.indexOf('password'));
  return { corrections, state: faults.length === 0 ? 'mapped' : 'uploaded' };
}

function headerNamedTwice(corrections: readonly ColumnCorrection[]): MappingFault | undefined {
  const headers = corrections.map(({ header }) => header);
  const twice = headers.find((header, at) => headers.indexOf(header) < at);
  return twice === undefined ? undefined : { code: 'IMPORT_HEADER_TWICE', headers: [twice] };
}

/** Once rows are in the database, passwords of any other column than that one are read nowhere any more. */
function assertPasswordsThere({ staged, passwordColumn }: PeopleImport, column: number): void {
  if (staged !== undefined && column !== -1 && column !== passwordColumn)
    throw new Problem('IMPORT_PASSWORDS_WIPED', { field: '/columns' });
}

export function mappingProblem({ code, headers, field: column }: MappingFault, field?: string): Problem {
  return new Problem(code, {
    ...(field === undefined ? {} : { field }),
    members: {
      ...(headers === undefined ? {} : { headers }),
      ...(column === undefined ? {} : { column }),
    },
  });
}
