import type { z } from 'zod';
import { isSettled } from '../../shared/domain/case-states.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import { paramOf } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { approvalFields } from '../departures/departure-fields.ts';
import { assertNotSelf } from './not-self.ts';
import type { CommandContext, CaseCommand } from './send-command.ts';
import { assertTypedName } from './typed-name.ts';

type Fields = z.output<typeof approvalFields>;

/**
 * Lets a step pass that waits for a second person, who types the full name of the one who leaves. The approval is written
 * before the case is told, because the step looks for it there; so nothing is written that the case would refuse.
 */
export const approveStep: CaseCommand<'approveStep', Fields> = {
  name: 'approveStep',
  writesFirst: true,
  body: approvalFields,
  async prepare(of) {
    const { context, call, record } = of;
    const stepKey = paramOf(call, 'key');
    const actorId = call.actor.ownerId;
    assertNotSelf(call, record.personId);
    assertApprovable(of, stepKey);
    if (actorId === record.requestedBy) throw new Problem('SELF_APPROVAL');
    const person = await personOr404(context, record.orgId, record.personId);
    assertTypedName(person, of.body);
    await context.repositories.approvals.record({
      orgId: record.orgId,
      caseId: record.id,
      stepKey,
      approvedBy: actorId,
      atMs: context.now(),
    });
    return { actorId, stepKey };
  },
  detail: ({ call }) => ({ stepKey: paramOf(call, 'key') }),
};

function assertApprovable({ record }: CommandContext<Fields>, stepKey: string): void {
  if (record.closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
  const planned = stepOf(record.plan, stepKey);
  if (planned === undefined) throw new Problem('STEP_UNKNOWN');
  if (!planned.needsApproval) throw new Problem('APPROVAL_NOT_NEEDED');
  const view = record.steps.find((step) => step.key === stepKey);
  if (view !== undefined && isSettled(view.status)) throw new Problem('STEP_ALREADY_SETTLED');
}
