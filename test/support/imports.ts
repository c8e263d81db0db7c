import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RowDesk, RowJob } from '../../shared/contract/row-desk.ts';
import type { RowResult, StagedRow } from '../../shared/domain/imports/import-row.ts';
import {
  NO_ROWS,
  USUAL_IMPORT_SETTINGS,
  type ImportPass,
  type PeopleImport,
} from '../../shared/domain/imports/people-import.ts';
import { uploadPath } from '../../shared/platform/imports/uploads.ts';
import { newId } from '../../shared/platform/new-id.ts';

export function aPass(number: number, startedAtMs = 0): ImportPass {
  return {
    ...{ number, startedAtMs, pages: 0, rows: 0 },
    ...{ counts: NO_ROWS, countsBefore: NO_ROWS, pace: [] },
  };
}

export const HEADERS = ['first_name', 'last_name', 'address', 'password', 'targets'];

/** A file whose first dry run was asked for. */
export function anImport(orgId: string, overrides: Partial<PeopleImport> = {}): PeopleImport {
  const id = overrides.id ?? newId('imp');
  return {
    ...{ id, orgId, rev: 0, state: 'dry_run' },
    file: {
      ...{ sha256: '0'.repeat(64), sizeBytes: 1, kind: 'text', encoding: 'utf-8', encodingBy: 'valid' },
      ...{ delimiter: ',', rows: 1 },
    },
    ...{ headers: HEADERS, corrections: [], settings: USUAL_IMPORT_SETTINGS, requestedBy: 'own_hr' },
    ...{ createdAtMs: 0, seed: { importId: id, atMs: 0 }, dryRun: aPass(1), unheard: true },
    ...overrides,
  };
}

/** Lays an upload where the API would. */
export async function layUpload(
  uploadsFolder: string,
  { orgId, id }: PeopleImport,
  text: string,
): Promise<string> {
  const path = uploadPath(uploadsFolder, orgId, id);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

/** A table of people of these headers, each with a row of its own. */
export function peopleFile(
  rows: number,
  rowOf: (number: number) => string = (number) => `Ada,Byron${number},,,`,
): string {
  const lines = Array.from({ length: rows }, (_, index) => rowOf(index + 1));
  return [HEADERS.join(','), ...lines, ''].join('\n');
}

export interface FakeDesk extends RowDesk {
  /** What it was asked for, in order. */
  readonly jobs: readonly (Pick<RowJob, 'mode' | 'isRepeated'> & { readonly numbers: readonly number[] })[];
  /** The rows whose person there is, by import: as often as anybody asks, each is made once. */
  readonly made: ReadonlyMap<string, number>;
  readonly forgotten: readonly string[];
  /** What becomes of a row; created unless said otherwise. */
  judge: (row: StagedRow, job: RowJob) => RowResult;
  /** Happens before each job, and may throw. */
  before: (job: RowJob) => Promise<void> | void;
}

/** A desk that remembers what it was asked for, and makes nobody twice. */
export function createFakeDesk(nowMs: () => number = () => 0): FakeDesk {
  const jobs: FakeDesk['jobs'][number][] = [];
  const made = new Map<string, number>();
  const forgotten: string[] = [];
  return {
    ...{ jobs, made, forgotten },
    judge: (row) => ({ status: 'created', personId: `per_${row.number}` }),
    before: () => undefined,
    async takeIn(job, before) {
      const { mode, isRepeated, rows, theImport } = job;
      jobs.push({ mode, isRepeated, numbers: rows.map(({ number }) => number) });
      await before;
      await this.before(job);
      const results = rows.map((row) => {
        const result = this.judge(row, job);
        const key = `${theImport.id}.${row.number}`;
        if (mode === 'run' && result.status === 'created' && !made.has(key)) made.set(key, nowMs());
        return result;
      });
      return { results: Promise.resolve(results) };
    },
    forget(importId) {
      forgotten.push(importId);
      return Promise.resolve();
    },
  };
}
