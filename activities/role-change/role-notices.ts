import { endOfOldRights } from '../../shared/domain/planner/role-change/end-of-old-rights.ts';
import { addressesOf, managerOrOrganisation } from '../notices/recipients.ts';
import type { NoticeText } from '../notices/notice-texts.ts';
import type { StepContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { entryBefore } from './person-record.ts';
import { roleChangeRequestOf } from './role-change-request.ts';
import { oldRightsReminder, roleChangeNotice } from './role-notice-texts.ts';

/** Both of them where the manager changed as well; the organisation where there is neither. */
export const tellManagers: StepDefinition = {
  kind: 'tellManagers',
  async carryOut(context) {
    const { ports, input, person, organisation } = context;
    const former = (await entryBefore(context))?.managerId;
    const managers = await addressesOf(ports.repositories, input.orgId, [former, person.managerId]);
    const known = managers.length > 0 ? managers : organisation.notificationAddresses;
    return send(context, [...new Set(known)], roleChangeNotice(subjectOf(context)));
  },
};

export const remindOldRights: StepDefinition = {
  kind: 'remindOldRights',
  async carryOut(context) {
    const { ports, person, organisation } = context;
    const to = await managerOrOrganisation(ports.repositories, organisation, person);
    return send(context, to, oldRightsReminder(subjectOf(context)));
  },
};

function subjectOf({ person, theCase }: StepContext) {
  const { plan } = theCase;
  return {
    ...{ person, request: roleChangeRequestOf(theCase), changeAtMs: plan.leaveAtMs },
    ...{ endsAtMs: endOfOldRights(plan), timeZone: plan.timeZone },
  };
}

/** Proven by the server's acceptance; the mail's id is the effect's, so a second try is the same mail. */
async function send(context: StepContext, to: readonly string[], text: NoticeText): Promise<StepEffect> {
  await context.intend();
  if (to.length === 0) throw new StepFailed('NO_RECIPIENT');
  const receipt = await context.ports.notifier.send({ id: context.evidenceId, to, ...text });
  return { outcome: 'done', proof: { ...receipt } };
}
