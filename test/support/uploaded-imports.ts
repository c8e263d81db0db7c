import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  countResults,
  pageIdOf,
  resultOf,
  ROWS_PER_PAGE,
  type StagedRow,
} from '../../shared/domain/imports/import-row.ts';
import { NO_ROWS, type ImportMode, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import { documentedFetch, type SentBody } from './documented.ts';
import type { Json, Reply, TestApi } from './test-api.ts';

export interface UploadOptions {
  /** `?name=…` */
  readonly query?: string;
  readonly type?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Two people of a small file. */
export const TWO_PEOPLE = 'first_name,last_name\nAda,Lovelace\nGrace,Hopper\n';

/** Uploads a file; a form says itself of what type it is. */
export async function upload(api: TestApi, body: SentBody, options: UploadOptions = {}): Promise<Reply> {
  const { query = '', type = 'text/csv', key = api.key, headers } = options;
  const response = await documentedFetch(`${api.url}/v1/imports${query}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body instanceof FormData ? {} : { 'Content-Type': type }),
      ...headers,
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
}

/** The id of an import that was taken. */
export async function uploaded(api: TestApi, body: SentBody = TWO_PEOPLE, query = ''): Promise<string> {
  const reply = await upload(api, body, { query });
  if (reply.status !== 201) throw new Error(`it was not taken: ${JSON.stringify(reply.body)}`);
  return String(reply.body['id']);
}

/** Everything that lies in the folder of uploads. */
export async function filesOf(api: TestApi): Promise<readonly string[]> {
  const { folder } = api.context.uploads;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** How many documents there are, of everything. */
export async function documentsOf(api: TestApi): Promise<Readonly<Record<string, number>>> {
  const { db } = api.repositories.database.connection;
  const names = (await db!.listCollections().toArray()).map(({ name }) => name).toSorted();
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (await db!.collection(name).find({}).toArray()).length;
  return counts;
}

export async function importOf(api: TestApi, id: string): Promise<PeopleImport> {
  return (await api.repositories.imports.get(api.orgId, id))!;
}

/** Changes it as its workflow would. */
export async function changed(api: TestApi, id: string, changes: ImportChanges): Promise<PeopleImport> {
  return (await api.repositories.imports.update(await importOf(api, id), changes))!;
}

/** Puts rows in as the engine leaves them, with this pass over. */
export async function staged(
  api: TestApi,
  id: string,
  rows: readonly StagedRow[],
  mode: ImportMode,
): Promise<PeopleImport> {
  const { imports } = api.repositories;
  const { orgId } = api;
  const pages = Math.ceil(rows.length / ROWS_PER_PAGE);
  for (let number = 1; number <= pages; number += 1)
    await imports.insertPage({
      ...{ id: pageIdOf(id, number), orgId, importId: id, number, rev: 0 },
      rows: rows.slice((number - 1) * ROWS_PER_PAGE, number * ROWS_PER_PAGE),
    });
  const results = rows.flatMap((row) => resultOf(row, mode) ?? []);
  const counts = countResults(results);
  const atMs = api.context.now();
  const pass = {
    ...{ number: 1, startedAtMs: atMs - 60_000, endedAtMs: atMs, pages, rows: results.length },
    ...{ counts, countsBefore: NO_ROWS, pace: [] },
  };
  return changed(api, id, {
    staged: { pages, rows: rows.length, atMs },
    passwordColumn: -1,
    rowsUntilMs: atMs + 30 * 24 * 60 * 60_000,
    ...(mode === 'run' ? { state: 'finished', run: pass } : { state: 'ready', dryRun: pass }),
  });
}
