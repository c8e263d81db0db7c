import { ITSELF } from '../../shared/domain/ids.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { Ports } from '../steps/step-definition.ts';

export type DestructionPorts = Pick<Ports, 'repositories' | 'archive'>;

const PAGE = 200;

/**
 * Destroys archives whose retention is over, unless the person is on legal hold or the
 * organisation frozen: the intent, the removal, a look that nothing
 * is left, and only then the record of it. What proves the departure stays. Gives the number of cases. An archive that cannot
 * be removed stops no other one; its error is thrown in the end.
 */
export async function destroyExpired(ports: DestructionPorts, asOfMs: number): Promise<number> {
  const seen = new Set<string>();
  const failures: unknown[] = [];
  let destroyed = 0;
  for (let after: { readonly after?: string } = {}; ;) {
    const page = await ports.repositories.archiveParts.listExpired(asOfMs, { limit: PAGE, ...after });
    for (const { orgId, caseId } of page) {
      if (seen.has(caseId)) continue;
      seen.add(caseId);
      try {
        if (await destroyArchive(ports, orgId, caseId, asOfMs)) destroyed += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = { after: last.id };
  }
  if (failures.length > 0) throw new AggregateError(failures, 'archives could not be destroyed');
  return destroyed;
}

async function destroyArchive(
  { repositories, archive }: DestructionPorts,
  orgId: string,
  caseId: string,
  asOfMs: number,
): Promise<boolean> {
  const { cases, people, organisations, archiveParts, audit } = repositories;
  if ((await organisations.get(orgId))?.frozen !== undefined) return false;
  const theCase = await cases.get(orgId, caseId);
  const person = theCase && (await people.get(orgId, theCase.personId));
  // Whose archive it is must be known: a hold could not be seen otherwise.
  if (theCase === undefined || person === undefined || person.legalHold !== undefined) return false;
  await archiveParts.noteDestruction(orgId, caseId, 'begun', asOfMs);
  await archive.destroy(caseId);
  await archiveParts.noteDestruction(orgId, caseId, 'proven', asOfMs);
  await audit.append({
    id: auditId(orgId, 'archive.destroyed', caseId),
    ...{ orgId, caseId, personId: person.id, actorId: ITSELF, atMs: asOfMs },
    action: 'archive.destroyed',
    detail: {},
  });
  return true;
}
