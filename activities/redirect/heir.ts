import type { RedirectRequest } from '../../shared/domain/departure.ts';
import { isGoing } from '../../shared/platform/people/is-going.ts';
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
  const { repositories } = ports;
  const heir = await repositories.people.get(orgId, redirect.toPersonId);
  const goes = await isGoing(repositories, orgId, redirect.toPersonId);
  if (heir?.status !== 'active' || goes || !(await hasActiveAccount(ports, heir)))
    throw new StepFailed('REDIRECT_UNAVAILABLE');
}
