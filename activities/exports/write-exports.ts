import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ITSELF } from '../../shared/domain/ids.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { PERSON_COLUMNS, personTable } from '../../shared/platform/exports/person-columns.ts';
import { writeTable } from '../../shared/platform/exports/write-table.ts';
import { makeFolderDurably, writePiecesDurably } from '../../shared/platform/files/durable-file.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import { forEachOrganisation } from '../for-each-organisation.ts';

export interface ExportPorts {
  readonly repositories: Repositories;
  readonly exportsFolder: string;
}

/** Of the data folder: a folder for each organisation, a file for each day. */
export const PEOPLE_EXPORTS_FOLDER = 'people-exports';
const ACTION = 'people.exported';
const PAGE = 500;

/**
 * Writes the file of people of each organisation's local day, from the time on that it wants it; one that was missed is made up
 * for on the same day. Entered in the audit once it is on the disk: a second try before that writes the same file again.
 */
export function writeExports(ports: ExportPorts, nowMs: number): Promise<number> {
  return forEachOrganisation(ports.repositories, (organisation) => writeExport(ports, organisation, nowMs));
}

async function writeExport(
  { repositories, exportsFolder }: ExportPorts,
  { id: orgId, timeZone, peopleExport }: Organisation,
  nowMs: number,
): Promise<boolean> {
  const { date, time } = localCalendar.localOf(nowMs, timeZone);
  if (peopleExport === undefined || time < peopleExport.time) return false;
  // Not to be mistaken for one that somebody took under a request id of their choice.
  const id = auditId(orgId, `${ACTION}.daily`, date);
  if (await repositories.audit.has(orgId, id)) return false;
  const folder = join(exportsFolder, orgId);
  await makeFolderDurably(folder);
  const { format } = peopleExport;
  const file = `people-${date}.${format}`;
  const table = personTable(everybody(repositories, orgId), PERSON_COLUMNS);
  const written = await writePiecesDurably(join(folder, file), writeTable(format, table, { name: 'People' }));
  const entry = { orgId, actorId: ITSELF, action: ACTION, atMs: nowMs };
  await repositories.audit.append({ ...entry, id, detail: { file, ...written } });
  await removeOlder(folder, localCalendar.addDays(date, -peopleExport.keepDays));
  return true;
}

async function* everybody({ people }: Repositories, orgId: string): AsyncGenerator<Person> {
  for await (const page of everyPage(PAGE, (range) => people.list(orgId, range))) yield* page;
}

/** Those of days before this one. */
async function removeOlder(folder: string, date: string): Promise<void> {
  for (const file of await readdir(folder)) {
    const day = /^people-(?<day>\d{4}-\d{2}-\d{2})\.(?:csv|xlsx)$/u.exec(file)?.groups?.['day'];
    if (day !== undefined && day < date) await rm(join(folder, file));
  }
}
