import { isOfKind } from '../../domain/case-record.ts';
import { openCaseClaimId } from '../../domain/ids.ts';
import type { Repositories } from '../persistence/create-repositories.ts';

/** Whether somebody has an open case by which they go, or may: nothing is given to them. Whoever changes roles stays. */
export async function isGoing(
  { claims, cases }: Pick<Repositories, 'claims' | 'cases'>,
  orgId: string,
  personId: string,
): Promise<boolean> {
  const claim = await claims.get(openCaseClaimId(orgId, personId), orgId);
  if (claim === undefined) return false;
  const record = await cases.get(orgId, claim.holderId);
  // One that is just being asked for may be of any kind.
  return record === undefined || !isOfKind(record, 'role_change');
}
