import { recipientIdOf } from '../../shared/domain/handover.ts';
import type { AccountRef } from '../../shared/domain/person.ts';
import type { AccountContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

/** Whoever receives on this target, asked anew for every attempt: a successor may leave as well. */
export async function recipientAccount(context: AccountContext): Promise<AccountRef> {
  const { theCase, person, organisation } = context;
  const { handover, successorId } = leavingRequestOf(theCase);
  if (handover === undefined) throw new StepFailed('CASE_OUTDATED');
  const { managerId } = person;
  const { fallbackRecipientId } = organisation;
  const personId = recipientIdOf(handover, {
    ...(successorId === undefined ? {} : { successorId }),
    ...(managerId === undefined ? {} : { managerId }),
    ...(fallbackRecipientId === undefined ? {} : { fallbackRecipientId }),
  });
  return activeAccountOf(context, personId);
}

/** The person's account on the target of this step. Throws `RECIPIENT_UNAVAILABLE` unless both are active. */
export async function activeAccountOf(
  { ports, input, connector, ref: own, person: leaver }: AccountContext,
  personId: string | undefined,
): Promise<AccountRef> {
  const person =
    personId === undefined ? undefined : await ports.repositories.people.get(input.orgId, personId);
  const ref = person?.accounts.find(({ target }) => target === own.target);
  if (person?.status !== 'active' || person.id === leaver.id || ref === undefined)
    throw new StepFailed('RECIPIENT_UNAVAILABLE');
  if ((await connector.read(ref))?.status !== 'active') throw new StepFailed('RECIPIENT_UNAVAILABLE');
  return ref;
}
