import type { AccountRef } from '../../shared/domain/person.ts';
import { accountStep, notApplicable } from '../steps/account-step.ts';
import type { AccountContext, StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { activeAccountOf } from './recipient.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

/** Lets the manager or successor read the mailbox, until the instant the plan says; the target ends it by itself. */
export const grantMailboxAccess: StepDefinition = {
  kind: 'grantMailboxAccess',
  async carryOut(context) {
    const access = accessOf(context);
    const untilMs = Number(context.input.params['untilMs']);
    if (access === undefined) return notApplicable(context, 'not_asked_for');
    if (untilMs <= context.input.asOfMs) return notApplicable(context, 'over_already');
    let to: AccountRef | undefined;
    const step = accountStep({
      kind: 'grantMailboxAccess',
      operation: 'grantMailboxAccess',
      async perform(account) {
        to = await activeAccountOf(account, access.personId);
        return account.connector.grantMailboxAccess(account.ref, to, untilMs, account.call);
      },
      isProven: ({ mailboxGrants = [] }) =>
        mailboxGrants.some((grant) => grant.toAccountId === to?.accountId && grant.untilMs === untilMs),
    });
    return step.carryOut(context);
  },
};

/** Takes the grant away and reads that it is gone; also the way back of a grant. */
export const endMailboxAccess: StepDefinition = {
  kind: 'endMailboxAccess',
  async carryOut(context) {
    const access = accessOf(context);
    if (access === undefined) return notApplicable(context, 'not_asked_for');
    let to: AccountRef | undefined;
    const step = accountStep({
      kind: 'endMailboxAccess',
      operation: 'endMailboxAccess',
      async perform(account) {
        to = await accountOf(account, access.personId);
        return account.connector.endMailboxAccess(account.ref, to, account.call);
      },
      isProven: ({ mailboxGrants = [] }) =>
        mailboxGrants.every((grant) => grant.toAccountId !== to?.accountId),
    });
    return step.carryOut(context);
  },
};

function accessOf({ theCase }: StepContext) {
  return leavingRequestOf(theCase).handover?.access;
}

/** Whoever was let in may have left meanwhile: what counts is the account. */
async function accountOf({ ports, input, ref }: AccountContext, personId: string): Promise<AccountRef> {
  const person = await ports.repositories.people.get(input.orgId, personId);
  const account = person?.accounts.find(({ target }) => target === ref.target);
  if (account === undefined) throw new StepFailed('RECIPIENT_UNAVAILABLE');
  return account;
}
