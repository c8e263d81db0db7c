import type { Delegation } from '../../shared/domain/account-snapshot.ts';
import { accountCallsStep } from '../steps/account-calls.ts';
import { notApplicable } from '../steps/account-step.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { evidenceOfUndone } from './before-state.ts';
import { restoreStep } from './restore-steps.ts';

/** A target without switches has none in its before-state, and nothing to put back. */
export const restoreProtocols = restoreStep({
  kind: 'restoreProtocols',
  operation: 'setProtocols',
  restore: ({ connector, ref, call }, { protocols }) =>
    protocols === undefined
      ? Promise.resolve({ kind: 'unsupported', reason: 'nothing_to_put_back' })
      : connector.setProtocols(ref, protocols, call),
  isBack: ({ protocols: is }, { protocols: was }) =>
    is?.imap === was?.imap && is?.pop === was?.pop && is?.smtp === was?.smtp,
});

/** Groups, lists and rights on others as they were, also where somebody changed them in the meantime. */
export const restoreMemberships: StepDefinition = {
  kind: 'restoreMemberships',
  async carryOut(context) {
    const was = (await evidenceOfUndone(context))?.before;
    if (was === undefined) return notApplicable(context, 'nothing_to_put_back');
    const { groups, lists = [], delegations = [] } = was;
    const step = accountCallsStep('restoreMemberships', [
      {
        operation: 'setMemberships',
        perform: ({ connector, ref, call }) => connector.setMemberships(ref, { groups, lists }, call),
        isProven: (after) => sameSet(after.groups, groups) && sameSet(after.lists ?? [], lists),
        count: (before) => before.groups.length + (before.lists?.length ?? 0),
      },
      {
        operation: 'setDelegations',
        perform: ({ connector, ref, call }) => connector.setDelegations(ref, delegations, call),
        isProven: (after) => sameSet(after.delegations?.map(textOf) ?? [], delegations.map(textOf)),
        count: (before) => before.delegations?.length ?? 0,
      },
    ]);
    return step.carryOut(context);
  },
};

function textOf({ ownerAccountId, resource, right }: Delegation): string {
  return JSON.stringify([ownerAccountId, resource, right]);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
}
