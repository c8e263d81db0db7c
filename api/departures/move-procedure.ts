import type { z } from 'zod';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import { isPurgeGate, type Plan } from '../../shared/domain/plan.ts';
import { isNewerProcedure } from '../../shared/domain/planner/procedure-name.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { DEPARTURE_PROCEDURES } from '../../shared/domain/procedure/kinds/departure.ts';
import { findOfKind } from '../procedures/find-procedure.ts';
import { procedureFields } from './departure-fields.ts';
import { planDifference, type PlanDifference } from './plan-difference.ts';
import { planOfRequest } from './plan-of-request.ts';
import { caseBehind, DEPARTURES } from '../cases/case-door.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import { sendCommand, type CaseCommand } from '../cases/send-command.ts';
import { assertRevision } from '../cases/take-revision.ts';

type Fields = z.output<typeof procedureFields>;

/**
 * Moves an open departure to a newer version of the procedure, or shows what that would change (`dryRun`). What was started
 * stays as it is; new steps whose instant has passed are carried out at once.
 */
export async function moveProcedure(context: ApiContext, call: Call): Promise<Answer> {
  const { version, dryRun } = parse(procedureFields, call.body);
  if (!dryRun) return sendCommand(context, call, DEPARTURES, movingCommand());
  const record = await caseBehind(DEPARTURES, context, call.actor.orgId, paramOf(call, 'id'));
  assertRevision(call, record);
  const { difference } = await movedTo(context, record, version);
  return { status: 200, body: { departureId: record.id, dryRun, ...difference } };
}

function movingCommand(): CaseCommand<'reschedule', Fields, CaseOf<'departure'>> {
  let made: PlanDifference | undefined;
  return {
    name: 'reschedule',
    body: procedureFields,
    async prepare({ context, call, record, body }) {
      const { plan, difference } = await movedTo(context, record, body.version);
      made = difference;
      return { actorId: call.actor.ownerId, plan };
    },
    tells: () => ({ ...made }),
    detail: ({ record, body }) => ({ procedure: body.version, from: record.plan.procedure }),
  };
}

async function movedTo(
  context: ApiContext,
  record: CaseOf<'departure'>,
  version: string,
): Promise<{ readonly plan: Plan; readonly difference: PlanDifference }> {
  const found = await findOfKind(context, record.orgId, DEPARTURE_PROCEDURES, version);
  if (found === undefined) throw new Problem('PROCEDURE_UNKNOWN', { field: '/version' });
  if (record.closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
  if (record.undoing === true) throw new Problem('ALREADY_UNDOING');
  if (record.pointOfNoReturnAtMs !== undefined) throw new Problem('POINT_OF_NO_RETURN');
  if (!isNewerProcedure(version, record.plan.procedure))
    throw new Problem('PROCEDURE_NOT_NEWER', { field: '/version' });
  const startedKeys = await startedKeysOf(context, record);
  if (record.plan.steps.some((step) => isPurgeGate(step) && startedKeys.has(step.key)))
    throw new Problem('PROCEDURE_GATE_TRIED');
  const person = await personOr404(context, record.orgId, record.personId);
  const organisation = await organisationOf(context, record.orgId);
  const { plan } = planOfRequest(
    context,
    { person, organisation, request: record.request, procedure: found.procedure },
    { plan: record.plan, startedKeys, leaveStays: true },
  );
  return { plan, difference: planDifference(record, plan, startedKeys, context.calendar) };
}
