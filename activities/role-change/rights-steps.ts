import { effectId } from '../../shared/domain/ids.ts';
import { keyOn } from '../../shared/domain/planner/departure/departure-days.ts';
import { NOTE_KEY } from '../../shared/domain/planner/role-change/steps.ts';
import {
  commonRights,
  rightsOf,
  withoutRights,
  withRights,
  type RoleRights,
} from '../../shared/domain/role-rights.ts';
import { accountCallsStep } from '../steps/account-calls.ts';
import { intendChange, notApplicable, onAccount } from '../steps/account-step.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { targetParam } from '../steps/target-param.ts';
import { evidenceOfUndone } from '../undo/before-state.ts';
import { membershipsCall } from './memberships-call.ts';
import { quotaBackCall, quotaCall } from './quota-call.ts';
import { roleChangeRequestOf } from './role-change-request.ts';

/** Keeps the account as it was when the role changed. */
export const noteRights: StepDefinition = {
  kind: 'noteRights',
  carryOut: (context) =>
    onAccount(context, 'read', async (account) => ({ outcome: 'done', after: await intendChange(account) })),
};

export const addRights: StepDefinition = {
  kind: 'addRights',
  carryOut(context) {
    const { adds, quotaBytes } = roleChangeRequestOf(context.theCase);
    const step = accountCallsStep('addRights', [
      membershipsCall((held) => withRights(held, adds)),
      ...(quotaBytes === undefined ? [] : [quotaCall(quotaBytes)]),
    ]);
    return step.carryOut(context);
  },
};

/** What the old role gave and the new one does not, of what the account had when the role changed: what came since stays. */
async function endingRights(context: StepContext): Promise<RoleRights> {
  const { input, theCase, ports } = context;
  const { removes } = roleChangeRequestOf(theCase);
  const id = targetParam(input);
  const noteKey = keyOn(id === undefined ? {} : { id }, NOTE_KEY);
  const note = await ports.repositories.evidence.get(input.orgId, effectId(input.caseId, noteKey, 1));
  return note?.before === undefined ? removes : commonRights(removes, rightsOf(note.before));
}

export const removeOldRights: StepDefinition = {
  kind: 'removeOldRights',
  async carryOut(context) {
    const ending = await endingRights(context);
    const step = accountCallsStep('removeOldRights', [
      membershipsCall((held) => withoutRights(held, ending)),
    ]);
    return step.carryOut(context);
  },
};

/** Takes exactly what the case added; a quota that somebody changed since stays. */
export const withdrawRights: StepDefinition = {
  kind: 'withdrawRights',
  async carryOut(context) {
    const was = (await evidenceOfUndone(context))?.before;
    if (was === undefined) return notApplicable(context, 'nothing_to_put_back');
    const { adds, quotaBytes } = roleChangeRequestOf(context.theCase);
    const added = withoutRights(adds, rightsOf(was));
    const step = accountCallsStep('withdrawRights', [
      membershipsCall((held) => withoutRights(held, added)),
      ...(quotaBytes === undefined ? [] : [quotaBackCall(quotaBytes, was.quotaBytes)]),
    ]);
    return step.carryOut(context);
  },
};

/** Gives back exactly what the case took. */
export const giveRightsBack: StepDefinition = {
  kind: 'giveRightsBack',
  async carryOut(context) {
    const was = (await evidenceOfUndone(context))?.before;
    if (was === undefined) return notApplicable(context, 'nothing_to_put_back');
    const taken = commonRights(await endingRights(context), rightsOf(was));
    const step = accountCallsStep('giveRightsBack', [membershipsCall((held) => withRights(held, taken))]);
    return step.carryOut(context);
  },
};
