import type { PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import type { ClaimTaken } from '../../../shared/platform/persistence/claim-repository.ts';
import type { ApiContext } from '../../api-context.ts';
import { isHeld } from '../../people/claim-names.ts';
import type { RowWriter } from './row-writer.ts';
import { MOST_CLAIMS } from './writing-rows.ts';

/**
 * The writer of a dry run. Names are taken in a place of their own, so that the rows of one file see each other, and nobody else sees
 * them; everything else would succeed.
 */
export function rehearsingRows(context: ApiContext, { orgId, id, dryRun }: PeopleImport): RowWriter {
  const rehearsal = rehearsalOf(id, dryRun?.number ?? 0);
  const { claims, rehearsedClaims } = context.repositories;
  return {
    async readNames(claimIds) {
      const rehearsed = await rehearsedClaims.getMany(
        claimIds.map((id) => rehearsedId(rehearsal, id)),
        rehearsal,
      );
      const own = [...rehearsed].map(([id, claim]) => [claimIdOf(rehearsal, id), claim] as const);
      return new Map([...own, ...(await claims.getMany(claimIds, orgId))]);
    },
    async takeNames(wanted) {
      const real = await claims.getMany(
        wanted.map(({ claimId }) => claimId),
        orgId,
      );
      const outcomes = new Map<string, ClaimTaken>();
      for (const { claimId, holderId } of wanted) {
        const claim = real.get(claimId);
        if (!isHeld(claim, context.now())) continue;
        const isOwn = claim.holderId === holderId;
        outcomes.set(claimId, isOwn ? { kind: 'already' } : { kind: 'held', holderId: claim.holderId });
      }
      const free = wanted.filter(({ claimId }) => !outcomes.has(claimId));
      const taken = await rehearsedClaims.takeMany(
        free.map(({ claimId, holderId }) => ({ claimId: rehearsedId(rehearsal, claimId), holderId })),
        rehearsal,
        context.now(),
      );
      for (const [id, outcome] of taken) outcomes.set(claimIdOf(rehearsal, id), outcome);
      return outcomes;
    },
    async releaseNames(names) {
      for (const { claimId, holderId } of names)
        await rehearsedClaims.release(rehearsedId(rehearsal, claimId), rehearsal, holderId);
    },
    async namesOf(holderIds) {
      const held = await rehearsedClaims.listOfMany(holderIds, rehearsal, MOST_CLAIMS);
      return new Map([...held].map(([holder, ids]) => [holder, ids.map((id) => claimIdOf(rehearsal, id))]));
    },
    makeAccounts: () => Promise.resolve(new Map()),
    keep: () => Promise.resolve(),
  };
}

/** Where the names of one dry run are: what a late end of it gives back is not another one's. */
export function rehearsalOf(importId: string, number: number): string {
  return `${importId}.${number}`;
}

const rehearsedId = (rehearsal: string, claimId: string): string => `${rehearsal}:${claimId}`;
const claimIdOf = (rehearsal: string, id: string): string => id.slice(rehearsal.length + 1);
