import type { Person } from '../../shared/domain/person.ts';
import type { AccountSnapshot, NewAccount } from '../ports/target-connector.ts';
import { accountStep, onAccount, readAccount } from '../steps/account-step.ts';
import { changePerson } from '../steps/change-person.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { onboardingOf, onMadeAccount } from './newcomer.ts';

/** The account as it was asked for, closed until the first day. A second run finds the account of the first. */
export const createAccount: StepDefinition = {
  kind: 'createAccount',
  carryOut: (context) => onAccount(context, 'createAccount', make),
};

async function make(context: AccountContext): Promise<StepEffect> {
  const { connector, ref, call, person } = context;
  // There is nothing before it: what a second run would read is the account of the first.
  await context.intend();
  const wanted = newAccountOf(person);
  const outcome = await connector.createAccount(ref, wanted, call);
  if (outcome.kind === 'refused') throw new StepFailed('TARGET_REFUSED');
  if (outcome.kind === 'unsupported') return { outcome: 'not_applicable', proof: { reason: outcome.reason } };
  const after = await connector.read(ref);
  if (after === undefined || !isAsWanted(after, wanted)) throw new StepFailed('READ_BACK_MISMATCH');
  return { outcome: 'done', after, proof: { answer: outcome.kind } };
}

function newAccountOf({
  firstName,
  lastName,
  address,
  aliases,
  quotaBytes,
  accountRole,
}: Person): NewAccount {
  return { firstName, lastName, address, aliases, quotaBytes, role: accountRole };
}

function isAsWanted(is: AccountSnapshot, { address, aliases, quotaBytes, role }: NewAccount): boolean {
  return (
    is.status === 'disabled' &&
    is.disabledReason === 'joining' &&
    is.address === address &&
    includesAll(is.aliases, aliases) &&
    is.aliases.length === aliases.length &&
    is.quotaBytes === quotaBytes &&
    is.role === role
  );
}

/** What the account is in by then stays. */
const add = accountStep({
  kind: 'addMemberships',
  operation: 'setMemberships',
  async perform(context) {
    const { groups, lists } = onboardingOf(context.theCase);
    const now = await readAccount(context);
    const together = {
      groups: [...new Set([...now.groups, ...groups])],
      lists: [...new Set([...(now.lists ?? []), ...lists])],
    };
    return context.connector.setMemberships(context.ref, together, context.call);
  },
  isProven(after, _before, { theCase }) {
    const { groups, lists } = onboardingOf(theCase);
    return includesAll(after.groups, groups) && includesAll(after.lists ?? [], lists);
  },
});

export const addMemberships: StepDefinition = {
  kind: 'addMemberships',
  carryOut: (context) => onMadeAccount(context, 'setMemberships', () => add.carryOut(context)),
};

const open = accountStep({
  kind: 'activateAccount',
  operation: 'enable',
  perform: ({ connector, ref, call }) => connector.enable(ref, call),
  isProven: (after) => after.status === 'active',
});

/** Open on its first target, the person is one who works here. */
export const activateAccount: StepDefinition = {
  kind: 'activateAccount',
  async carryOut(context) {
    const effect = await onMadeAccount(context, 'enable', () => open.carryOut(context));
    if (effect.outcome === 'done')
      await changePerson(context, ({ status }) => (status === 'joining' ? { status: 'active' } : undefined));
    return effect;
  },
};

function includesAll(has: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((one) => has.includes(one));
}
