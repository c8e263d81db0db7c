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
export function rehearsingRows(context: ApiContext, { orgId, id: importId }: PeopleImport): RowWriter {
  const { claims, rehearsedClaims } = context.repositories;
  return {
    async readNames(claimIds) {
      const rehearsed = await rehearsedClaims.getMany(
        claimIds.map((id) => rehearsedId(importId, id)),
        importId,
      );
      const own = [...rehearsed].map(([id, claim]) => [claimIdOf(importId, id), claim] as const);
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
        free.map(({ claimId, holderId }) => ({ claimId: rehearsedId(importId, claimId), holderId })),
        importId,
        context.now(),
      );
      for (const [id, outcome] of taken) outcomes.set(claimIdOf(importId, id), outcome);
      return outcomes;
    },
    async releaseNames(names) {
      for (const { claimId, holderId } of names)
        await rehearsedClaims.release(rehearsedId(importId, claimId), importId, holderId);
    },
    async namesOf(holderIds) {
      const held = await rehearsedClaims.listOfMany(holderIds, importId, MOST_CLAIMS);
      return new Map([...held].map(([holder, ids]) => [holder, ids.map((id) => claimIdOf(importId, id))]));
    },
    makeAccounts: () => Promise.resolve(new Map()),
    keep: () => Promise.resolve(),
  };
}

const rehearsedId = (importId: string, claimId: string): string => `${importId}:${claimId}`;
const claimIdOf = (importId: string, id: string): string => id.slice(importId.length + 1);
