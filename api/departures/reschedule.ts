import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { DepartureRequest } from '../../shared/domain/departure.ts';
import type { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/update-person.ts';
import { organisationOf } from '../routes/organisation.ts';
import { checkWhen } from './check-when.ts';
import { rescheduleFields } from './departure-fields.ts';
import { planOfRequest } from './plan-of-request.ts';
import { departureOr404, type CommandContext, type DepartureCommand } from './send-command.ts';

type Fields = z.output<typeof rescheduleFields>;

const MAX_ATTEMPTS = 5;

/** Moves a departure: a new frozen plan, in which whatever was started keeps its place. */
export const reschedule: DepartureCommand<'reschedule', Fields> = {
  name: 'reschedule',
  body: rescheduleFields,
  async prepare({ context, call, record, body }) {
    const person = await personOr404(context, record.orgId, record.personId);
    const organisation = await organisationOf(context, record.orgId);
    const request = movedRequest(context, record, body);
    const startedKeys = await startedKeysOf(context, record);
    const previous = { plan: record.plan, startedKeys };
    const { plan } = planOfRequest(context, { person, organisation, request }, previous);
    return { actorId: call.actor.ownerId, plan };
  },
  async afterwards({ context, record, body }) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const current = await departureOr404(context, record.orgId, record.id);
      const request = movedRequest(context, current, body);
      const changed = await context.repositories.cases.setRequest(
        record.orgId,
        record.id,
        current.rev,
        request,
      );
      if (changed !== undefined) return;
    }
    throw new Problem('CONCURRENT_CHANGE');
  },
  detail: ({ body }) => ({ ...body }),
};

function movedRequest(
  context: ApiContext,
  record: CaseRecord,
  body: CommandContext<Fields>['body'],
): DepartureRequest {
  const { leaveTime, timeZone } = record.request;
  return { ...record.request, ...checkWhen(context, { ...body, urgent: false }, { leaveTime, timeZone }) };
}

/** Anything that was ever tried: by its state, or by the evidence of a try that was called back. */
async function startedKeysOf(context: ApiContext, record: CaseRecord): Promise<ReadonlySet<string>> {
  const evidence = await context.repositories.evidence.listByCase(record.orgId, record.id);
  const moved = record.steps.filter((step) => step.status !== 'waiting' || step.round > 1);
  return new Set([...moved.map((step) => step.key), ...evidence.map((one) => one.stepKey)]);
}
