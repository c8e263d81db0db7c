import { accountStep } from '../steps/account-step.ts';
import { assertAdministratorStays } from '../steps/administrator-stays.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { restoreStep } from '../undo/restore-steps.ts';

/** It was confirmed when it was asked for. */
export const giveAdministratorRole = accountStep({
  kind: 'giveAdministratorRole',
  operation: 'setRole',
  perform: ({ connector, ref, call }) => connector.setRole(ref, 'administrator', call),
  isProven: (after) => after.role === 'administrator',
});

const withdraw = restoreStep({
  kind: 'withdrawAdministratorRole',
  operation: 'setRole',
  restore: ({ connector, ref, call }, was) => connector.setRole(ref, was.role, call),
  isBack: (after, was) => after.role === was.role,
});

/** The others may have left since the role was given. */
export const withdrawAdministratorRole: StepDefinition = {
  kind: 'withdrawAdministratorRole',
  async carryOut(context) {
    await assertAdministratorStays(context);
    return withdraw.carryOut(context);
  },
};
