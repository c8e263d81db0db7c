import { intendChange, onAccount } from '../steps/account-step.ts';
import { markLeaving } from '../steps/person-standing.ts';
import type { StepDefinition } from '../steps/step-definition.ts';

/** Keeps the account as it was before the case touched it. Whoever goes counts as leaving from now on. */
export const takeSnapshot: StepDefinition = {
  kind: 'takeSnapshot',
  carryOut: (context) =>
    onAccount(context, 'read', async (account) => {
      const before = await intendChange(account);
      await markLeaving(context);
      return { outcome: 'done', after: before };
    }),
};
