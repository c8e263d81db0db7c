import type { Connection } from 'mongoose';
import { pageIdOf, type ImportPage, type StagedRow } from '../../domain/imports/import-row.ts';
import type { ImportState, PeopleImport } from '../../domain/imports/people-import.ts';
import { atMost, below, oneOf, openCollection, type StoredDocument } from './collection.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

export type ImportChanges = ChangesOf<Omit<PeopleImport, 'id' | 'orgId' | 'rev' | 'createdAtMs'>>;

/** Imports and the pages of their rows. */
export interface ImportRepository {
  get(orgId: string, id: string): Promise<PeopleImport | undefined>;
  insert(theImport: PeopleImport): Promise<'inserted' | 'exists'>;
  /** Changes the revision that was read; `undefined` when somebody else was first. */
  update(theImport: PeopleImport, changes: ImportChanges): Promise<PeopleImport | undefined>;
  /** The newest first. */
  list(orgId: string, range: ImportRange): Promise<readonly PeopleImport[]>;
  /** Across organisations, those whose workflow does not know something yet. */
  listUnheard(limit: number): Promise<readonly PeopleImport[]>;
  /** Across organisations, those in one of these states since before then, in no order. */
  listOlder(
    states: readonly ImportState[],
    createdBeforeMs: number,
    limit: number,
  ): Promise<readonly PeopleImport[]>;
  /** Across organisations, those whose rows are to be removed. */
  listWithRowsUntil(untilMs: number, limit: number): Promise<readonly PeopleImport[]>;
  /** Pages are numbered from 1. */
  getPage(orgId: string, importId: string, number: number): Promise<ImportPage | undefined>;
  insertPage(page: ImportPage): Promise<'inserted' | 'exists'>;
  /** Puts `rows` in the place of those of the revision that was read; `undefined` when somebody else was first. */
  updatePage(
    page: ImportPage,
    changes: Partial<Pick<ImportPage, 'rows' | 'begunBy'>>,
  ): Promise<ImportPage | undefined>;
  /** All of them, the last one first: whoever is interrupted leaves no gap. */
  removePages(orgId: string, importId: string, pages: number): Promise<void>;
  remove(orgId: string, id: string): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

interface ImportRange {
  /** The id of the last one of the page before. */
  readonly after?: string | undefined;
  readonly state?: ImportState | undefined;
  readonly limit: number;
}

/** The rows of a page are one text: they are read and written together, and nothing is looked for in them. */
type StoredPage = StoredDocument &
  Pick<ImportPage, 'importId' | 'number' | 'rev' | 'begunBy'> & { readonly rows: string };

export function createImportRepository(connection: Connection): ImportRepository {
  const imports = openCollection<Stored<PeopleImport>>(connection, {
    name: 'imports',
    fields: {
      rev: 'number',
      state: 'string',
      file: 'json',
      headers: 'strings',
      corrections: 'json',
      settings: 'json',
      requestedBy: 'string',
      createdAtMs: 'number',
      seed: 'json',
      staged: 'json?',
      passwordColumn: 'number?',
      rowsUntilMs: 'number?',
      dryRun: 'json?',
      run: 'json?',
      actor: 'json?',
      paused: 'json?',
      rate: 'json?',
      waiting: 'json?',
      trouble: 'json?',
      stopped: 'json?',
      unheard: 'boolean',
    },
    indexes: [
      { orgId: 1, _id: 1 },
      { orgId: 1, state: 1, _id: 1 },
      // Across organisations: chores look for what is due everywhere.
      { unheard: 1 },
      { state: 1, createdAtMs: 1 },
      { rowsUntilMs: 1 },
    ],
  });
  const pages = openCollection<StoredPage>(connection, {
    name: 'import_rows',
    fields: { importId: 'string', number: 'number', rev: 'number', begunBy: 'string?', rows: 'string' },
    indexes: [],
  });
  return {
    async get(orgId, id) {
      const found = await imports.findOne({ _id: id, orgId });
      return found && fromStored(found);
    },
    insert: (theImport) => imports.insert(toStored(theImport)),
    async update({ id, orgId, rev }, changes) {
      const changed = await imports.changeOne(
        { _id: id, orgId, rev },
        { ...splitChanges(changes), increment: { rev: 1 } },
      );
      return changed && fromStored(changed);
    },
    async list(orgId, { after, state, limit }) {
      const filter = {
        orgId,
        ...(state === undefined ? {} : { state }),
        ...(after === undefined ? {} : { _id: below(after) }),
      };
      return (await imports.find(filter, { _id: -1 }, limit)).map((found) => fromStored(found));
    },
    async listUnheard(limit) {
      return (await imports.find({ unheard: true }, { _id: 1 }, limit)).map((found) => fromStored(found));
    },
    async listOlder(states, createdBeforeMs, limit) {
      const filter = { state: oneOf(states), createdAtMs: below(createdBeforeMs) };
      return (await imports.find(filter, { _id: 1 }, limit)).map((found) => fromStored(found));
    },
    async listWithRowsUntil(untilMs, limit) {
      const found = await imports.find({ rowsUntilMs: atMost(untilMs) }, { rowsUntilMs: 1 }, limit);
      return found.map((one) => fromStored(one));
    },
    async getPage(orgId, importId, number) {
      const found = await pages.findOne({ _id: pageIdOf(importId, number), orgId });
      return found && pageOf(found);
    },
    insertPage: ({ rows, ...page }) => pages.insert({ ...toStored(page), rows: JSON.stringify(rows) }),
    async updatePage({ id, orgId, rev }, { rows, ...changes }) {
      const text = rows === undefined ? {} : { rows: JSON.stringify(rows) };
      const changed = await pages.changeOne(
        { _id: id, orgId, rev },
        { set: { ...changes, ...text }, increment: { rev: 1 } },
      );
      return changed && pageOf(changed);
    },
    async removePages(orgId, importId, count) {
      for (let number = count; number > 0; number -= 1)
        await pages.deleteOne({ _id: pageIdOf(importId, number), orgId });
    },
    remove: (orgId, id) => imports.deleteOne({ _id: id, orgId }),
    async ensureIndexes() {
      await imports.ensureIndexes();
      await pages.ensureIndexes();
    },
  };
}

function pageOf({ _id: id, rows, ...page }: StoredPage): ImportPage {
  return { id, ...page, rows: JSON.parse(rows) as readonly StagedRow[] };
}
