import type { Handover } from '../../shared/domain/handover.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import { HANDOVER_STEPS } from '../../shared/domain/planner/departure/handover.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { shownInstant } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { ownerOf } from '../cases/checklist-view.ts';
import { checkDeparture, type CheckedDeparture } from './check-departure.ts';
import { departureFields } from './departure-fields.ts';
import { expectedSteps } from './expected-steps.ts';
import { planOfRequest } from './plan-of-request.ts';
import { planToken } from './plan-token.ts';

/** The same checks and the same plan as the departure itself, every step with its instant and call. Writes nothing. */
export async function simulateDeparture(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(departureFields, call.body);
  return simulate(context, await checkDeparture(context, call, wanted, 'simulateDeparture'));
}

/** What would happen in a departure or a deletion that was checked. */
export async function simulate(context: ApiContext, checked: CheckedDeparture): Promise<Answer> {
  const { plan, warnings } = planOfRequest(context, checked);
  const first = checked.person.accounts[0]?.target;
  const expected = await expectedSteps(context, checked.person, plan);
  const steps = expected.map(({ step, atMs, calls }) => ({
    key: step.key,
    kind: step.kind,
    at: shownInstant(atMs, plan.timeZone, context.calendar),
    needsApproval: step.needsApproval,
    destructive: step.destructive,
    ...ownerOf(step),
    ...(isImpossible(step, first, checked.request.handover) ? { status: 'not_applicable' } : {}),
    ...(calls.length === 0 ? {} : { calls }),
  }));
  return {
    status: 200,
    body: {
      personId: checked.person.id,
      procedure: plan.procedure,
      timeZone: plan.timeZone,
      leaveAt: shownInstant(plan.leaveAtMs, plan.timeZone, context.calendar),
      request: checked.request,
      steps: steps.sort((a, b) => a.at.utc.localeCompare(b.at.utc)),
      warnings: [...checked.warnings, ...warnings],
      /** Sent with the departure, it is refused when the plan would be another one by then. */
      planToken: planToken(checked, plan, expected, context.now()),
    },
  };
}

/** The target has no such thing: known before anything happens. */
function isImpossible(
  { kind, params }: PlannedStep,
  first: string | undefined,
  handover: Handover | undefined,
): boolean {
  const ways = handover?.targets[String(params['target'] ?? first)];
  const part = HANDOVER_STEPS.find((step) => step.kind === kind)?.part;
  return part !== undefined && ways?.[part] === 'no';
}
