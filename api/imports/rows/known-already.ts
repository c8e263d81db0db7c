import { exportedIdClaimId, externalIdClaimId } from '../../../shared/domain/ids.ts';
import type { RowResult } from '../../../shared/domain/imports/import-row.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { rowOfPersonId } from '../../../shared/platform/imports/row-person-id.ts';
import type { ReadRow } from './read-rows.ts';
import { failed } from './row-fault.ts';
import type { Scene } from './scene.ts';

export interface KnownAlready {
  /** Of rows whose person was there before this pass. */
  readonly results: ReadonlyMap<number, RowResult>;
  /** Those whom an earlier attempt of this very pass made, by the number of their row. */
  readonly madeEarlier: ReadonlyMap<number, Person>;
}

/**
 * Who is there already is not made again: known by the external id, else by the row of the file, else by the id that an export has
 * (of this installation, or of another one whose people were imported). Whoever leaves or left is brought back by another call.
 */
export async function knownAlready(scene: Scene, rows: readonly ReadRow[]): Promise<KnownAlready> {
  const { organisation, context, writer } = scene;
  const { id: orgId } = organisation;
  const claimsOf = ({ texts: { externalId, personId } }: ReadRow): readonly string[] => [
    ...(externalId === undefined ? [] : [externalIdClaimId(orgId, externalId)]),
    ...(personId === undefined ? [] : [exportedIdClaimId(orgId, personId)]),
  ];
  const claims = await writer.readNames(rows.flatMap(claimsOf));
  const holderOf = (read: ReadRow): string | undefined =>
    claimsOf(read).flatMap((id) => claims.get(id) ?? [])[0]?.holderId;
  const ids = rows.flatMap((read) => [read.personId, holderOf(read) ?? read.texts.personId ?? read.personId]);
  const people = await context.repositories.people.getMany(orgId, [...new Set(ids)]);
  const byId = new Map(people.map((person) => [person.id, person]));
  const results = new Map<number, RowResult>();
  const madeEarlier = new Map<number, Person>();
  for (const read of rows) {
    const { number } = read.row;
    const own = byId.get(read.personId);
    if (own !== undefined && isOfThisPass(scene, own)) madeEarlier.set(number, own);
    else {
      const exported = byId.get(read.texts.personId ?? '')?.id;
      const result =
        own === undefined ? ofHolder(scene, read, holderOf(read) ?? exported, byId) : standingOf(read, own);
      if (result !== undefined) results.set(number, result);
    }
  }
  return { results, madeEarlier };
}

/** A crash came between the person and the result of the row. */
function isOfThisPass({ isRepeated, mode, theImport }: Scene, person: Person): boolean {
  const { run } = theImport;
  return isRepeated && mode === 'run' && run !== undefined && person.createdAtMs >= run.startedAtMs;
}

function ofHolder(
  { theImport }: Scene,
  read: ReadRow,
  holderId: string | undefined,
  byId: ReadonlyMap<string, Person>,
): RowResult | undefined {
  if (holderId === undefined || holderId === read.personId) return undefined;
  const field = read.texts.externalId === undefined ? 'personId' : 'externalId';
  const earlierRow = rowOfPersonId(theImport, holderId);
  if (earlierRow !== undefined && earlierRow < read.row.number)
    return failed({
      ...{ code: 'EXTERNAL_ID_TWICE', field },
      detail: `Row ${earlierRow} has it as well.`,
    });
  const holder = byId.get(holderId);
  return holder === undefined ? failed({ code: 'EXTERNAL_ID_TAKEN', field }) : standingOf(read, holder);
}

function standingOf({ texts }: ReadRow, person: Person): RowResult {
  const { id: personId, status, address, firstName, lastName } = person;
  if (status === 'leaving' || status === 'departed')
    return failed({ code: 'PERSON_KNOWN', field: 'externalId' }, personId);
  const isSame = texts.firstName === firstName && texts.lastName === lastName;
  const warnings = isSame ? {} : { warnings: [{ code: 'PERSON_DIFFERS' }] };
  return { status: 'unchanged', personId, address, ...warnings };
}
