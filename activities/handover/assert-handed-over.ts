import type { AccountRef } from '../../shared/domain/person.ts';
import type { TargetConnector } from '../ports/target-connector.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { CALENDARS, FILES, MEETINGS, type BelongingKind } from './belonging-kinds.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

/**
 * Nothing that others need is deleted with the account: also not what the leaver got after it was planned, nor where nothing
 * was to be handed over then. A kind that a person decided to leave out is left out here as well, and a target that cannot
 * tell is believed.
 */
export async function assertHandedOver(
  context: StepContext,
  accounts: readonly AccountRef[] = context.person.accounts,
): Promise<void> {
  for (const ref of accounts) {
    const connector = context.ports.connectors[ref.target]?.(context.input.orgId);
    if (connector === undefined) continue;
    const left = [
      await anyLeft(context, connector, ref, FILES),
      await anyLeft(context, connector, ref, CALENDARS),
      await anyLeft(context, connector, ref, MEETINGS),
    ];
    if (left.includes(true)) throw new StepFailed('HANDOVER_INCOMPLETE');
  }
}

async function anyLeft<T extends { readonly id: string }>(
  { theCase, input }: StepContext,
  connector: TargetConnector,
  ref: AccountRef,
  belongings: BelongingKind<T>,
): Promise<boolean> {
  const capability = connector.capabilities[belongings.operation];
  if (capability === 'no' || capability === 'manual') return false;
  if (belongings.name === FILES.name && leavingRequestOf(theCase).handover?.filesGoWithAccount === true)
    return false;
  const planned = theCase.plan.steps.filter(({ kind }) => kind === belongings.step).map(({ key }) => key);
  if (theCase.steps.some(({ key, status }) => planned.includes(key) && status === 'skipped')) return false;
  const owned = await belongings.list(connector, ref);
  return owned.some((item) => belongings.mustGo(item, input.asOfMs));
}
