import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { RedirectRequest } from '../../shared/domain/departure.ts';
import { hasActiveAccount } from '../steps/active-account.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** Mail must not go to somebody who cannot read it, or will not for long. An address outside is nobody we know. */
export async function assertHeirActive(
  { ports, input }: StepContext,
  redirect: RedirectRequest,
): Promise<void> {
  const { orgId } = input;
  if (redirect.toPersonId === undefined) return;
  const { people, claims } = ports.repositories;
  const heir = await people.get(orgId, redirect.toPersonId);
  const leaves = await claims.get(openCaseClaimId(orgId, redirect.toPersonId), orgId);
  if (heir?.status !== 'active' || leaves !== undefined || !(await hasActiveAccount(ports, heir)))
    throw new StepFailed('REDIRECT_UNAVAILABLE');
}
