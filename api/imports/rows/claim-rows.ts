import { addressClaimId, exportedIdClaimId, externalIdClaimId } from '../../../shared/domain/ids.ts';
import type { ImportField } from '../../../shared/domain/imports/import-fields.ts';
import type { RowFault } from '../../../shared/domain/imports/import-row.ts';
import { rowOfPersonId } from '../../../shared/platform/imports/row-person-id.ts';
import type { ClaimTaken, WantedClaim } from '../../../shared/platform/persistence/claim-repository.ts';
import type { Draft } from './check-newcomers.ts';
import { failed } from './row-fault.ts';
import type { Scene } from './scene.ts';

interface Name extends WantedClaim {
  readonly field: ImportField;
}

/**
 * Takes every name that rows ask for, all of a row's or none. Of two rows that ask for one name the first has it: the second
 * asks again when it is known whether the first was let through.
 */
export async function claimRows(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  for (let waiting = drafts; waiting.length > 0;) {
    const asked = new Set<string>();
    const now: Draft[] = [];
    const later: Draft[] = [];
    for (const draft of waiting) {
      const names = namesOf(scene, draft);
      (names.some(({ claimId }) => asked.has(claimId)) ? later : now).push(draft);
      for (const { claimId } of names) asked.add(claimId);
    }
    await claimTogether(scene, now);
    waiting = later;
  }
}

/** What a row asks for by name: the address only where it is given. */
export function namesOf(
  { organisation: { id: orgId } }: Scene,
  { wanted, personId: holderId, exportedId }: Draft,
): readonly Name[] {
  const { address, aliases, externalId } = wanted;
  return [
    ...(address === undefined
      ? []
      : [{ claimId: addressClaimId(orgId, address), holderId, field: 'address' as const }]),
    ...aliases.map((alias) => ({
      claimId: addressClaimId(orgId, alias),
      holderId,
      field: 'aliases' as const,
    })),
    ...(externalId === undefined
      ? []
      : [{ claimId: externalIdClaimId(orgId, externalId), holderId, field: 'externalId' as const }]),
    ...(exportedId === undefined
      ? []
      : [{ claimId: exportedIdClaimId(orgId, exportedId), holderId, field: 'personId' as const }]),
  ];
}

async function claimTogether(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  const { writer } = scene;
  const outcomes = await writer.takeNames(drafts.flatMap((draft) => namesOf(scene, draft)));
  for (const draft of drafts) {
    const names = namesOf(scene, draft);
    const lost = names.find(({ claimId }) => outcomes.get(claimId)?.kind === 'held');
    if (lost === undefined) continue;
    await writer.releaseNames(names.filter(({ claimId }) => outcomes.get(claimId)?.kind === 'taken'));
    draft.result = failed(await refusalOf(scene, draft, lost, outcomes.get(lost.claimId)));
  }
}

async function refusalOf(
  { theImport, writer }: Scene,
  { row }: Draft,
  { claimId, field }: Name,
  outcome: ClaimTaken | undefined,
): Promise<RowFault> {
  const holderId = outcome?.kind === 'held' ? outcome.holderId : '';
  const earlier = rowOfPersonId(theImport, holderId);
  const isAddress = field === 'address' || field === 'aliases';
  if (earlier !== undefined && earlier < row.number) {
    const code = isAddress ? 'ADDRESS_TWICE' : 'EXTERNAL_ID_TWICE';
    return { code, field, detail: `Row ${earlier} has it as well.` };
  }
  if (!isAddress) return { code: 'EXTERNAL_ID_TAKEN', field };
  const claim = (await writer.readNames([claimId])).get(claimId);
  return { code: claim?.state === 'quarantined' ? 'ADDRESS_QUARANTINED' : 'ADDRESS_TAKEN', field };
}
