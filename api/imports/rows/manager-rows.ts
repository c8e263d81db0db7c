import { addressClaimId, exportedIdClaimId, externalIdClaimId } from '../../../shared/domain/ids.ts';
import type { RowFault } from '../../../shared/domain/imports/import-row.ts';
import { rowOfPersonId } from '../../../shared/platform/imports/row-person-id.ts';
import type { Claim } from '../../../shared/platform/persistence/claim-repository.ts';
import type { Draft } from './check-newcomers.ts';
import { failed } from './row-fault.ts';
import type { Scene } from './scene.ts';

const UNKNOWN: RowFault = {
  code: 'MANAGER_UNKNOWN',
  field: 'managerId',
  detail: 'Whoever comes with this very file stands above those they manage.',
};

/**
 * Gives rows their managers, once the names of all of them are known. Whoever is made by the same file counts from the row below on:
 * what a row comes to does not depend on how many are carried out together.
 */
export async function giveManagers(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  const managers = await findManagers(
    scene,
    drafts.flatMap(({ managerText }) => managerText ?? []),
  );
  const lost = new Set<string>();
  for (const draft of drafts) {
    const { managerText, personId, row } = draft;
    if (managerText === undefined) continue;
    const managerId = managers.get(managerText);
    const managerRow = managerId === undefined ? undefined : rowOfPersonId(scene.theImport, managerId);
    if (managerId === personId) draft.result = failed({ code: 'MANAGER_IS_SELF', field: 'managerId' });
    else if (managerId === undefined || lost.has(managerId) || (managerRow ?? 0) > row.number)
      draft.result = failed(UNKNOWN);
    else draft.managerId = managerId;
    if (draft.result !== undefined) lost.add(personId);
  }
}

/** A manager is named by id, also by the one of the installation that the file comes from, by address or external id. */
export async function findManagers(
  { context, organisation: { id: orgId }, writer }: Scene,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(texts)];
  if (distinct.length === 0) return new Map();
  const claims = await writer.readNames(distinct.flatMap((text) => claimsMeant(orgId, text)));
  const people = await context.repositories.people.getMany(orgId, distinct);
  const known = new Set(people.map(({ id }) => id));
  return new Map(
    distinct.flatMap((text) => {
      const id = known.has(text) ? text : holderOf(claims, claimsMeant(orgId, text));
      return id === undefined ? [] : [[text, id] as const];
    }),
  );
}

const claimsMeant = (orgId: string, text: string): readonly string[] => [
  addressClaimId(orgId, text),
  externalIdClaimId(orgId, text),
  exportedIdClaimId(orgId, text),
];

function holderOf(claims: ReadonlyMap<string, Claim>, ids: readonly string[]): string | undefined {
  return ids.map((id) => claims.get(id)).find((claim) => claim?.state === 'held')?.holderId;
}
