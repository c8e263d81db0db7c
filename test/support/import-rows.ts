import type { RowJob } from '../../shared/contract/row-desk.ts';
import type { RowResult, StagedRow } from '../../shared/domain/imports/import-row.ts';
import {
  NO_ROWS,
  USUAL_IMPORT_SETTINGS,
  type ImportMode,
  type PeopleImport,
} from '../../shared/domain/imports/people-import.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { createRowDesk } from '../../api/imports/rows/create-row-desk.ts';
import type { TestApi } from './test-api.ts';

export type Row = Readonly<Record<string, string>>;

export const HEADERS = [
  'first_name',
  'last_name',
  'address',
  'external_id',
  'department',
  'aliases',
  'manager',
  'operation',
  'last_day',
  'import_row',
];
export const ada: Row = { first_name: 'Ada', last_name: 'Lovelace' };
export const grace: Row = { first_name: 'Grace', last_name: 'Hopper' };

export const peopleIn = ({ repositories, orgId }: TestApi) =>
  repositories.people.list(orgId, { limit: 500, order: 'created', direction: 'asc' } as never);

/** An import whose rows have these columns. */
export function anImport(
  api: TestApi,
  headers: readonly string[],
  more: Partial<PeopleImport> = {},
): PeopleImport {
  const id = more.id ?? newId('imp');
  const atMs = api.clock.nowMs;
  return {
    ...{ id, orgId: api.orgId, rev: 0, state: 'running', headers, corrections: [] },
    file: { sha256: id, sizeBytes: 1, kind: 'text', rows: 1_000 },
    ...{ settings: USUAL_IMPORT_SETTINGS, requestedBy: api.ownerId, createdAtMs: atMs, unheard: false },
    seed: { importId: id, atMs },
    run: {
      number: 1,
      startedAtMs: atMs,
      pages: 0,
      rows: 0,
      counts: NO_ROWS,
      countsBefore: NO_ROWS,
      pace: [],
    },
    actor: { ownerId: api.ownerId, scopes: ['people:*', 'departures:*'] },
    ...more,
  };
}

/** As they would be staged. */
export function staged(theImport: PeopleImport, rows: readonly Row[]): readonly StagedRow[] {
  return rows.map((row, at) => ({
    number: at + 1,
    line: at + 2,
    values: theImport.headers.map((header) => row[header] ?? ''),
  }));
}

export async function carryOut(
  api: TestApi,
  theImport: PeopleImport,
  rows: readonly StagedRow[],
  mode: ImportMode = 'run',
  more: Partial<RowJob> = {},
): Promise<readonly RowResult[]> {
  const job = { theImport, mode, rows, isRepeated: false, ...more };
  return (await createRowDesk(api.context).takeIn(job)).results;
}
