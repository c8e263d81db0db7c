import { fillIn } from '../../shared/domain/auto-reply-template.ts';
import type { CaseOf, CaseRecord } from '../../shared/domain/case-record.ts';
import type { DepartureRequest } from '../../shared/domain/departure.ts';
import type { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { DEPARTURE_PROCEDURES } from '../../shared/domain/procedure/kinds/departure.ts';
import { procedureOfCase } from '../procedures/find-procedure.ts';
import { autoReplyValues } from './auto-reply-of.ts';
import { outcomeOf } from './check-outcome.ts';
import { checkWhen } from './check-when.ts';
import { rescheduleFields } from './departure-fields.ts';
import { planOfRequest } from './plan-of-request.ts';
import { caseBehind, DEPARTURES } from '../cases/case-door.ts';
import { type CommandContext, type CaseCommand } from '../cases/send-command.ts';
import { startedKeysOf } from '../cases/started-keys.ts';

type Fields = z.output<typeof rescheduleFields>;

const MAX_ATTEMPTS = 5;

/**
 * Moves a departure to another day, or to now: a new frozen plan by the procedure it goes by, in which whatever was started
 * keeps its place.
 */
export const reschedule: CaseCommand<'reschedule', Fields, CaseOf<'departure'>> = {
  name: 'reschedule',
  body: rescheduleFields,
  async prepare({ context, call, record, body }) {
    const person = await personOr404(context, record.orgId, record.personId);
    const organisation = await organisationOf(context, record.orgId);
    const procedure = await procedureOfCase(context, DEPARTURE_PROCEDURES, record);
    const request = await movedRequest(context, record, body);
    const startedKeys = await startedKeysOf(context, record);
    if (request.urgent && isLocking(record, startedKeys)) throw new Problem('LOCKING_STARTED');
    const previous = { plan: record.plan, startedKeys };
    const { plan } = planOfRequest(context, { person, organisation, request, procedure }, previous);
    return { actorId: call.actor.ownerId, plan };
  },
  async afterwards({ context, record, body }) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const current = await caseBehind(DEPARTURES, context, record.orgId, record.id);
      const request = await movedRequest(context, current, body);
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

async function movedRequest(
  context: ApiContext,
  record: CaseOf<'departure'>,
  body: CommandContext<Fields>['body'],
): Promise<DepartureRequest> {
  const { leaveTime, timeZone, autoReply, contactPersonId } = record.request;
  const when = checkWhen(context, body, { leaveTime, timeZone });
  // The last day asked for before is over, also where the new moment is now and has none.
  const { lastDay: _before, ...asked } = record.request;
  const request = { ...asked, ...when };
  const leaveDate = when.lastDay ?? context.calendar.localOf(context.now(), when.timeZone).date;
  outcomeOf(context, request.outcome, leaveDate);
  if (autoReply?.template === undefined || contactPersonId === undefined) return request;
  const leaver = await personOr404(context, record.orgId, record.personId);
  const contact = await personOr404(context, record.orgId, contactPersonId);
  // The text may name the last day.
  const filled = fillIn(autoReply.template, autoReplyValues(leaver, contact, leaveDate));
  return { ...request, autoReply: { ...autoReply, ...filled } };
}

function isLocking({ plan }: CaseRecord, startedKeys: ReadonlySet<string>): boolean {
  return plan.steps.some((step) => step.kind === 'disableAccount' && startedKeys.has(step.key));
}
