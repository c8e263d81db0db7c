import type { CaseOf, CaseRecord, CaseRequests, LeavingKind } from '../../shared/domain/case-record.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import type { ApiContext } from '../api-context.ts';
import { writeCase } from '../cases/open-case.ts';
import type { Acting } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import type { CheckedDeparture } from './check-departure.ts';
import { expectedSteps } from './expected-steps.ts';
import { planOfRequest } from './plan-of-request.ts';
import { planToken as tokenOf } from './plan-token.ts';

interface ToWrite<Kind extends LeavingKind> {
  readonly checked: CheckedDeparture & { readonly request: CaseRequests[Kind] };
  readonly caseId: string;
  readonly planToken: string | undefined;
}

/** Plans a departure or a deletion that was checked, and writes its case: through the guard, and as it was simulated. */
export async function writeLeaving<Kind extends LeavingKind>(
  context: ApiContext,
  call: Acting,
  kind: Kind,
  { checked, caseId, planToken }: ToWrite<Kind>,
): Promise<{ readonly record: CaseOf<Kind>; readonly warnings: readonly PlanWarning[] }> {
  const { plan, warnings } = planOfRequest(context, checked);
  await assertPlanStands(context, planToken, checked, plan);
  const { person, request } = checked;
  const record = await writeCase<Kind>(context, call, caseId, {
    ...{ kind, person, request, plan },
    ...{ reason: checked.request.reason, passesGuard: true },
  });
  return { record, warnings: [...checked.warnings, ...warnings] };
}

async function assertPlanStands(
  context: ApiContext,
  token: string | undefined,
  checked: CheckedDeparture,
  plan: CaseRecord['plan'],
): Promise<void> {
  if (token === undefined) return;
  const expected = await expectedSteps(context, checked.person, plan);
  if (tokenOf(checked, plan, expected, context.now()) !== token)
    throw new Problem('PLAN_CHANGED', { field: '/planToken' });
}
