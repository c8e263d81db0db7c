import { mailManager } from '../notices/notice-steps.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { madeAccounts } from './newcomer.ts';
import { comingNotice, followUpNotice } from './onboarding-texts.ts';

export const remindManager: StepDefinition = {
  kind: 'remindManager',
  carryOut: (context) => mailManager(context, comingNotice(context)),
};

/** What the targets know of sign-ins is asked right before the mail. */
export const followUp: StepDefinition = {
  kind: 'followUp',
  async carryOut(context) {
    const lastSignInAtMs = await lastSignIn(context);
    const known = lastSignInAtMs === undefined ? { signedIn: false } : { signedIn: true, lastSignInAtMs };
    return mailManager(context, followUpNotice(context, lastSignInAtMs), known);
  },
};

/** The latest on any target; `undefined`: never. */
async function lastSignIn({ ports, input, theCase, person }: StepContext): Promise<number | undefined> {
  const known: number[] = [];
  for (const ref of madeAccounts(theCase, person.accounts)) {
    const account = await ports.connectors[ref.target]?.(input.orgId).read(ref);
    if (account?.lastLoginAtMs !== undefined) known.push(account.lastLoginAtMs);
  }
  return known.length === 0 ? undefined : Math.max(...known);
}
