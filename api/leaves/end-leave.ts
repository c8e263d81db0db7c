import type { z } from 'zod';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import { openInvestigations, whyNotEnded } from '../../shared/domain/leave-end.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import { END_LEAVE_KEY } from '../../shared/domain/planner/leave/leave-days.ts';
import { LEAVE_PROCEDURES } from '../../shared/domain/procedure/kinds/leave.ts';
import type { ApiContext } from '../api-context.ts';
import { completeItem } from '../cases/complete-item.ts';
import { assertNotSelf } from '../cases/not-self.ts';
import {
  carryOut,
  onCase,
  type Addressed,
  type CaseCommand,
  type CommandContext,
} from '../cases/send-command.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { procedureOfCase } from '../procedures/find-procedure.ts';
import { endLeaveFields } from './leave-fields.ts';
import { LEAVES } from './leaves.ts';
import { changeRequest } from './move-leave.ts';
import { planOfLeave } from './plan-of-leave.ts';

type Fields = z.output<typeof endLeaveFields>;
type Leave = CaseOf<'leave'>;

/** A case that is busy starts a step now and then; it is not busy for ever. */
const ATTEMPTS = 8;

/** The day of the return is now. */
const returnNow: CaseCommand<'reschedule', Fields, Leave> = {
  name: 'reschedule',
  body: endLeaveFields,
  attempts: ATTEMPTS,
  async prepare({ context, call, record }) {
    const person = await personOr404(context, record.orgId, record.personId);
    const organisation = await organisationOf(context, record.orgId);
    const previous = { plan: record.plan, startedKeys: await startedKeysOf(context, record) };
    const procedure = await procedureOfCase(context, LEAVE_PROCEDURES, record);
    const subject = { person, organisation, request: record.request, procedure };
    const { plan } = planOfLeave(context, subject, { previous, endsNow: true });
    return { actorId: call.actor.ownerId, plan };
  },
  afterwards: (of: CommandContext<Fields, Leave>) =>
    changeRequest(of, ({ request }) => ({
      ...request,
      returnDay: of.context.calendar.localOf(of.context.now(), request.timeZone).date,
    })),
  detail: ({ body }) => ({ ...body, endsNow: true }),
};

/** The account is opened again now: by the word that an open end waits for, or by moving the return to now. */
export function endLeave(context: ApiContext, call: Call): Promise<Answer> {
  const { reason } = parse(endLeaveFields, call.body);
  return onCase(context, call, LEAVES, 'closed', (addressed) =>
    endAddressed(context, call, addressed, reason),
  );
}

export async function endAddressed(
  context: ApiContext,
  call: Call,
  addressed: Addressed<Leave>,
  reason: string | undefined,
): Promise<Answer> {
  const { record } = addressed;
  assertNotSelf(call, record.personId);
  const startedKeys = await startedKeysOf(context, record);
  const refused = whyNotEnded(record, startedKeys);
  const items = refused === 'INVESTIGATION_OPEN' ? { members: { items: openInvestigations(record) } } : {};
  if (refused !== undefined) throw new Problem(refused, items);
  const of = { ...addressed, context };
  if (stepOf(record.plan, END_LEAVE_KEY) === undefined)
    return carryOut({ ...of, call, body: reason === undefined ? {} : { reason } }, returnNow);
  const toItem = { ...call, params: { ...call.params, key: END_LEAVE_KEY } };
  return carryOut(
    { ...of, call: toItem, body: { proof: reason ?? 'Somebody ended the leave.' } },
    completeItem,
  );
}
