import { COLUMN_NAMES } from '../../domain/imports/column-names.ts';
import type { ImportField } from '../../domain/imports/import-fields.ts';
import { joinList } from '../../domain/imports/list-value.ts';
import type { Person } from '../../domain/person.ts';
import type { ExportCell, ExportTable } from './export-cell.ts';

type Column = (person: Person) => ExportCell;

/** What an import reads back; a password is never written. */
type ReadBack = Exclude<ImportField, 'password' | 'operation' | 'lastDay' | 'reason' | 'rowId'>;

const READ_BACK: Readonly<Record<ReadBack, Column>> = {
  firstName: ({ firstName }) => firstName,
  lastName: ({ lastName }) => lastName,
  address: ({ address }) => address,
  domain: ({ domain }) => domain,
  aliases: ({ aliases }) => joinList(aliases),
  externalId: ({ externalId }) => externalId,
  accountRole: ({ accountRole }) => accountRole,
  quotaBytes: ({ quotaBytes }) => quotaBytes,
  groups: ({ groups }) => joinList(groups),
  managerId: ({ managerId }) => managerId,
  department: ({ department }) => department,
  timeZone: ({ timeZone }) => timeZone,
  country: ({ country }) => country,
  locale: ({ locale }) => locale,
  privateContact: ({ privateContact }) => privateContact,
  targets: ({ accounts }) => joinList(accounts.map(({ target }) => target)),
  endsOn: ({ endsOn }) => (endsOn === undefined ? undefined : { kind: 'date', date: endsOn }),
  protected: (person) => person.protected,
  personId: ({ id }) => id,
};

/** What only Gangway says. */
const OWN: Readonly<Record<string, Column>> = {
  status: ({ status }) => status,
  template: ({ template }) => template,
  created_at: ({ createdAtMs }) => ({ kind: 'instant', atMs: createdAtMs }),
};

const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ...Object.entries(READ_BACK).map(
    ([field, column]) => [COLUMN_NAMES[field as ReadBack].own, column] as const,
  ),
  ...Object.entries(OWN),
]);

/** The columns of an export by their headers, in the order they usually stand in. */
export const PERSON_COLUMNS = [...COLUMNS.keys()];

/** People as a table. They are asked for as they are written. */
export function personTable(people: AsyncIterable<Person>, headers: readonly string[]): ExportTable {
  const columns = headers.flatMap((header) => COLUMNS.get(header) ?? []);
  return { headers, rows: rowsOf(people, columns) };
}

async function* rowsOf(people: AsyncIterable<Person>, columns: readonly Column[]) {
  for await (const person of people) yield columns.map((column) => column(person));
}
