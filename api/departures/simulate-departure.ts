import { expectedCall, type AccountFacts } from '../../shared/domain/planner/expected-calls.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { shownInstant } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { checkDeparture } from './check-departure.ts';
import { departureFields } from './departure-fields.ts';
import { planOfRequest } from './plan-of-request.ts';

/** The same checks and the same plan as the departure itself, every step with its instant and call. Writes nothing. */
export async function simulateDeparture(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(departureFields, call.body);
  const checked = await checkDeparture(context, call.actor.orgId, wanted);
  const { plan, warnings } = planOfRequest(context, checked);
  const account = await accountOf(context, checked.person);
  const instants = simulatedInstants(plan);
  const steps = plan.steps.map((step) => {
    const atMs = instants.get(step.key) ?? plan.leaveAtMs;
    const operation = account && expectedCall(step.kind, account.facts);
    return {
      key: step.key,
      kind: step.kind,
      at: shownInstant(atMs, plan.timeZone, context.calendar),
      needsApproval: step.needsApproval,
      destructive: step.destructive,
      ...(account === undefined || operation === undefined
        ? {}
        : { call: { target: account.target, operation } }),
    };
  });
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
    },
  };
}

async function accountOf(
  context: ApiContext,
  person: Person,
): Promise<{ readonly target: string; readonly facts: AccountFacts } | undefined> {
  const [ref] = person.accounts;
  if (ref?.target !== 'directory') return undefined;
  const account = await context.directory.getAccount(person.orgId, ref.accountId);
  if (account === undefined) return undefined;
  const { status, role, sessionCount, appPasswords, forwards, rules } = account;
  return {
    target: ref.target,
    facts: {
      status,
      role,
      sessionCount,
      appPasswordCount: appPasswords.length,
      ownRuleCount: forwards.length + rules.length,
    },
  };
}
