import { intendChange, onAccount } from '../steps/account-step.ts';
import { changePerson } from '../steps/change-person.ts';
import type { StepDefinition } from '../steps/step-definition.ts';

/** Keeps the account as it was before the departure touched it, and marks the person as leaving. */
export const takeSnapshot: StepDefinition = {
  kind: 'takeSnapshot',
  carryOut: (context) =>
    onAccount(context, 'read', async (account) => {
      const before = await intendChange(account);
      await changePerson(context, (person) =>
        person.status === 'active' ? { status: 'leaving' } : undefined,
      );
      return { outcome: 'done', after: before };
    }),
};
