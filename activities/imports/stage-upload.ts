import pLimit from 'p-limit';
import type { PassRef } from '../../shared/contract/import-engine.ts';
import type { ImportRecord } from '../../shared/domain/imports/import-record.ts';
import { pageIdOf, ROWS_PER_PAGE, type StagedRow } from '../../shared/domain/imports/import-row.ts';
import { passUnderWay } from '../../shared/domain/imports/pass-progress.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { ImportFileError } from '../../shared/platform/imports/import-file-error.ts';
import { openImportFile, type ToldShape } from '../../shared/platform/imports/open-import-file.ts';
import { uploadPath } from '../../shared/platform/imports/uploads.ts';
import { changeImport } from './change-import.ts';
import { ROWS_KEPT_MS } from './drop-rows.ts';
import type { ImportPorts } from './import-ports.ts';
import { leaveUpload } from './leave-upload.ts';
import { judgedPassword, passwordColumnOf, passwordSplitter } from './password-cells.ts';
import { stopWith } from './stop-import.ts';

/** Each takes a core for as long as it lasts. */
const HASHED_AT_ONCE = 2;

/**
 * Streams the upload into pages of rows. What stands on a page follows from the file, so that a page that is there already is not made
 * again, nor its passwords hashed. Only once all of them are there is the upload wiped.
 */
export async function stageUpload(ports: ImportPorts, pass: PassRef): Promise<void> {
  const theImport = await begin(ports, pass);
  const isWanted = theImport.staged === undefined && passUnderWay(theImport, pass) !== undefined;
  try {
    if (isWanted) await stageRows(ports, pass, theImport);
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    await refuse(ports, pass, error);
  }
  await leaveUpload(ports, pass);
}

/** Which column is taken for passwords is decided before the first row: after a correction there would be others in clear. */
function begin({ repositories }: ImportPorts, pass: PassRef): Promise<PeopleImport> {
  return changeImport(repositories.imports, pass, (current) =>
    passUnderWay(current, pass) === undefined || current.passwordColumn !== undefined
      ? undefined
      : {
          passwordColumn: passwordColumnOf(current),
          rowsUntilMs: current.createdAtMs + ROWS_KEPT_MS,
        },
  );
}

async function stageRows(ports: ImportPorts, pass: PassRef, theImport: PeopleImport): Promise<void> {
  const { imports, organisations } = ports.repositories;
  const organisation = await organisations.get(pass.orgId);
  if (organisation === undefined) throw new Error('there is no such organisation');
  const file = await openImportFile(
    uploadPath(ports.uploadsFolder, pass.orgId, pass.importId),
    toldShape(theImport),
  );
  let [pages, rows] = [0, 0];
  for await (const records of pagesOf(file.rows())) {
    pages += 1;
    ports.heartbeat({ page: pages });
    if (!(await isStillMeant(ports, pass))) return;
    if ((await imports.getPage(pass.orgId, pass.importId, pages)) === undefined) {
      const staged = await stagedRows(ports, theImport, organisation, {
        records,
        firstNumber: rows + 1,
        pages,
      });
      const { orgId, importId } = pass;
      // `exists`: another attempt was first, with the same rows.
      await imports.insertPage({
        ...{ id: pageIdOf(importId, pages), orgId, importId, number: pages, rev: 0, rows: staged },
      });
    }
    rows += records.length;
  }
  const atMs = ports.clock.now();
  await changeImport(imports, pass, (current) =>
    current.staged !== undefined || passUnderWay(current, pass) === undefined
      ? undefined
      : { staged: { pages, rows, atMs }, trouble: undefined },
  );
}

/** The file changed, or is damaged further down than was looked at; not where another attempt staged and wiped it. */
async function refuse(ports: ImportPorts, pass: PassRef, { code, line }: ImportFileError): Promise<void> {
  const atMs = ports.clock.now();
  await changeImport(ports.repositories.imports, pass, (current) =>
    current.staged !== undefined || passUnderWay(current, pass) === undefined
      ? undefined
      : stopWith(current, { kind: 'FILE', atMs, code, ...(line === undefined ? {} : { line }) }),
  );
}

async function isStillMeant({ repositories }: ImportPorts, pass: PassRef): Promise<boolean> {
  const current = await repositories.imports.get(pass.orgId, pass.importId);
  return current !== undefined && passUnderWay(current, pass) !== undefined;
}

interface RecordsOfPage {
  readonly records: readonly ImportRecord[];
  readonly firstNumber: number;
  readonly pages: number;
}

function stagedRows(
  ports: ImportPorts,
  theImport: PeopleImport,
  organisation: Organisation,
  { records, firstNumber, pages }: RecordsOfPage,
): Promise<readonly StagedRow[]> {
  const limit = pLimit(HASHED_AT_ONCE);
  const split = passwordSplitter(theImport, theImport.passwordColumn ?? -1);
  return Promise.all(
    records.map(async ({ line, values: given }, index): Promise<StagedRow> => {
      const { values, password } = split(given);
      const row = { number: firstNumber + index, line, values };
      if (password === undefined) return row;
      const judged = await limit(() => {
        ports.heartbeat({ page: pages });
        return judgedPassword(password, values, theImport, organisation);
      });
      return { ...row, password: judged };
    }),
  );
}

async function* pagesOf(records: AsyncIterable<ImportRecord>): AsyncGenerator<readonly ImportRecord[]> {
  let page: ImportRecord[] = [];
  for await (const record of records) {
    page.push(record);
    if (page.length < ROWS_PER_PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** As it was understood when it came, so that the same rows come out of it. */
function toldShape({ file: { encoding, delimiter } }: PeopleImport): ToldShape {
  return { ...(encoding && { encoding }), ...(delimiter && { delimiter }) } as ToldShape;
}
