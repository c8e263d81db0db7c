import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ExportCell, ExportTable } from '../../shared/platform/exports/export-cell.ts';
import type { ApiContext } from '../api-context.ts';
import { noFields } from '../departures/departure-fields.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { hasAccessSince } from '../people/credentials/has-access.ts';
import { newSetupLink } from '../people/setup-link.ts';
import { auditImport } from './audit-import.ts';
import { assertPossible } from './change-import.ts';
import { fileAnswer } from './error-file.ts';
import { importOr404 } from './import-or-404.ts';
import { readRows, type ReadRow } from './read-rows.ts';

const HEADERS = ['row', 'line', 'person_id', 'address', 'setup_link', 'expires_at', 'error'];

/**
 * A new setup link for everybody whom the run made without a password and who has not got in yet, shown in this file and nowhere
 * else. Their older links are void from then on.
 */
export async function giveSetupLinks(context: ApiContext, call: Call): Promise<Answer> {
  parse(noFields, call.body);
  const theImport = await importOr404(context, call);
  assertPossible(theImport, 'setup-links');
  const { id, rev } = theImport;
  await auditImport(context, call, {
    ...{ action: 'import.setupLinks', theImport, of: `${id}:${rev}:${call.requestId}` },
  });
  return fileAnswer(linkTable(context, call, theImport), `import-${id}-setup-links.csv`);
}

function linkTable(context: ApiContext, call: Call, theImport: PeopleImport): ExportTable {
  return {
    headers: HEADERS,
    rows: (async function* () {
      for await (const read of readRows(context, theImport, 'run')) {
        const person = await whoNeedsLink(context, theImport.orgId, read);
        if (person !== undefined)
          yield [read.row.number, read.row.line, ...(await linkCells(context, call, person))];
      }
    })(),
  };
}

async function whoNeedsLink(
  context: ApiContext,
  orgId: string,
  { row, result }: ReadRow,
): Promise<Person | undefined> {
  if (result?.status !== 'created' || result.personId === undefined) return undefined;
  if (result.hasPassword === true || row.password !== undefined) return undefined;
  const person = await context.repositories.people.get(orgId, result.personId);
  if (person?.status !== 'active' || (await hasAccessSince(context, person, 0))) return undefined;
  return person;
}

/** One who cannot be given a link does not keep the others from theirs. */
async function linkCells(
  context: ApiContext,
  { actor }: Call,
  person: Person,
): Promise<readonly ExportCell[]> {
  const who = [person.id, person.address];
  try {
    const { link, expiresAtMs } = await newSetupLink(context, person, actor.ownerId);
    return [...who, link, { kind: 'instant', atMs: expiresAtMs }, undefined];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [...who, undefined, undefined, error.code];
  }
}
