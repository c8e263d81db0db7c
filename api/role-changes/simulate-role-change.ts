import { endOfOldRights } from '../../shared/domain/planner/role-change/end-of-old-rights.ts';
import type { ApiContext } from '../api-context.ts';
import { expectedSteps } from '../departures/expected-steps.ts';
import type { Answer, Call } from '../http/call.ts';
import { shownInstant } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { checkRoleChange } from './check-role-change.ts';
import { planOfRoleChange } from './plan-of-role-change.ts';
import { roleChangeFacts } from './role-change-facts.ts';
import { roleChangeFields } from './role-change-fields.ts';

/** The same checks and the same plan as the role change itself, every step with its instant and calls. Writes nothing. */
export async function simulateRoleChange(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(roleChangeFields, call.body);
  const checked = await checkRoleChange(context, call, wanted, 'simulateRoleChange');
  const { person, request } = checked;
  const { plan, warnings } = planOfRoleChange(context, checked);
  const expected = await expectedSteps(context, person, plan, (account) => ({
    roleChange: roleChangeFacts(request, account),
  }));
  const shown = (atMs: number) => shownInstant(atMs, plan.timeZone, context.calendar);
  const endsAtMs = endOfOldRights(plan);
  return {
    status: 200,
    body: {
      personId: person.id,
      procedure: plan.procedure,
      timeZone: plan.timeZone,
      effectiveAt: shown(plan.leaveAtMs),
      ...(endsAtMs === undefined ? {} : { oldRightsEndAt: shown(endsAtMs) }),
      request,
      steps: expected
        .map(({ step, atMs, calls }) => ({
          key: step.key,
          kind: step.kind,
          at: shown(atMs),
          ...(calls.length === 0 ? {} : { calls }),
        }))
        .sort((a, b) => a.at.utc.localeCompare(b.at.utc)),
      warnings: [...checked.warnings, ...warnings],
    },
  };
}
