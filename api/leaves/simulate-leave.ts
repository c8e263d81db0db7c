import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { ApiContext } from '../api-context.ts';
import { ownerOf } from '../cases/checklist-view.ts';
import { expectedSteps } from '../departures/expected-steps.ts';
import type { Answer, Call } from '../http/call.ts';
import { shownInstant } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { checkLeave } from './check-leave.ts';
import { leaveFields } from './leave-fields.ts';
import { planOfLeave } from './plan-of-leave.ts';

/** The same checks and the same plan as the leave itself, every step with its instant and calls. Writes nothing. */
export async function simulateLeave(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(leaveFields, call.body);
  const checked = await checkLeave(context, call, wanted, 'simulateLeave');
  const { plan, warnings } = planOfLeave(context, checked);
  const instants = simulatedInstants(plan);
  const shown = (atMs: number) => shownInstant(atMs, plan.timeZone, context.calendar);
  const atOf = (key: string): number => instants.get(key) ?? Infinity;
  const expected = await expectedSteps(context, checked.person, plan);
  const endsAtMs = instants.get('enable-account');
  return {
    status: 200,
    body: {
      ...{ personId: checked.person.id, procedure: plan.procedure, timeZone: plan.timeZone },
      beginsAt: shown(plan.leaveAtMs),
      ...(endsAtMs === undefined ? {} : { endsAt: shown(endsAtMs) }),
      request: checked.request,
      steps: expected
        .toSorted((a, b) => (atOf(a.step.key) < atOf(b.step.key) ? -1 : 1))
        .map(({ step, calls }) => {
          const atMs = instants.get(step.key);
          return {
            ...{ key: step.key, kind: step.kind },
            ...(atMs === undefined ? {} : { at: shown(atMs) }),
            ...ownerOf(step),
            ...(calls.length === 0 ? {} : { calls }),
          };
        }),
      warnings: [...checked.warnings, ...warnings],
    },
  };
}
