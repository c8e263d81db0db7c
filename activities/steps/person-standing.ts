import type { AccountSnapshot, DisableReason } from '../../shared/domain/account-snapshot.ts';
import { isOfKind } from '../../shared/domain/case-record.ts';
import type { PersonStatus } from '../../shared/domain/person.ts';
import { changePerson } from './change-person.ts';
import type { StepContext } from './step-definition.ts';

const AWAY: readonly (DisableReason | undefined)[] = ['leave', 'suspicious'];

/** How somebody stood whose account was found like this: a leave that was left as it stood has the person disabled. */
export function standingBefore(was: AccountSnapshot | undefined): PersonStatus {
  return was?.status === 'disabled' && AWAY.includes(was.disabledReason) ? 'disabled' : 'active';
}

/** Somebody is on the way out from the first step on; whoever is on leave is away once the account is proven locked. */
export function markLeaving(context: StepContext): Promise<void> {
  if (!isOfKind(context.theCase, 'departure', 'deletion')) return Promise.resolve();
  return change(context, ['active', 'disabled'], 'leaving');
}

/** No longer on the way out. */
export function markStaying(context: StepContext, was: AccountSnapshot | undefined): Promise<void> {
  return change(context, ['leaving'], standingBefore(was));
}

export function markAway(context: StepContext): Promise<void> {
  return isOfKind(context.theCase, 'leave') ? change(context, ['active'], 'disabled') : Promise.resolve();
}

/** `was`: the account before the leave; absent where somebody else had locked it and it is just opened. */
export function markBack(context: StepContext, was?: AccountSnapshot): Promise<void> {
  if (!isOfKind(context.theCase, 'leave')) return Promise.resolve();
  return change(context, ['disabled'], standingBefore(was));
}

function change(context: StepContext, from: readonly PersonStatus[], to: PersonStatus): Promise<void> {
  return changePerson(context, ({ status }) =>
    from.includes(status) && status !== to ? { status: to } : undefined,
  );
}
