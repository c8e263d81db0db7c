import type { z } from 'zod';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import type { LeaveRequest } from '../../shared/domain/leave.ts';
import { LEAVE_PROCEDURES } from '../../shared/domain/procedure/kinds/leave.ts';
import type { ApiContext } from '../api-context.ts';
import { caseBehind } from '../cases/case-door.ts';
import type { Addressed, CaseCommand } from '../cases/send-command.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { procedureOfCase } from '../procedures/find-procedure.ts';
import { checkLeaveDays, type CheckedDays } from './check-leave-days.ts';
import { daysAway } from './check-leave.ts';
import { assertNotEnding, LEAVES } from './leaves.ts';
import { movedReply, type MovedReplySubject } from './leave-auto-reply.ts';
import { moveLeaveFields } from './leave-fields.ts';
import { planOfLeave, type LeaveSubject } from './plan-of-leave.ts';

type Fields = z.output<typeof moveLeaveFields>;
type OfLeave = Pick<Addressed<CaseOf<'leave'>>, 'record'> & { readonly context: ApiContext };

const MAX_ATTEMPTS = 5;

/**
 * Moves the days of a leave: a new frozen plan, in which whatever was started keeps its place. What was asked for is written
 * first: a reply that is given once more at once has the words that belong to its new end.
 */
export const moveLeave: CaseCommand<'reschedule', Fields, CaseOf<'leave'>> = {
  name: 'reschedule',
  body: moveLeaveFields,
  writesFirst: true,
  async prepare(of) {
    const { context, call, record, body } = of;
    const person = await personOr404(context, record.orgId, record.personId);
    const organisation = await organisationOf(context, record.orgId);
    const startedKeys = await startedKeysOf(context, record);
    const hasBegun = startedKeys.size > 0;
    assertNotEnding(record, startedKeys);
    if (hasBegun && body.firstDay !== undefined) throw new Problem('LEAVE_BEGUN', { field: '/firstDay' });
    const procedure = await procedureOfCase(context, LEAVE_PROCEDURES, record);
    const days = movedDays(context, record, body, hasBegun);
    const request = await movedRequest(context, record, { person, organisation, procedure }, days);
    const previous = { plan: record.plan, startedKeys };
    const { plan } = planOfLeave(context, { person, organisation, request, procedure }, { previous });
    await changeRequest(of, () => request);
    return { actorId: call.actor.ownerId, plan };
  },
  detail: ({ body }) => ({ ...body }),
};

/** What was asked for, as it is from now on. */
export async function changeRequest(
  { context, record }: OfLeave,
  change: (current: CaseOf<'leave'>) => LeaveRequest,
): Promise<void> {
  const { cases } = context.repositories;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const current = await caseBehind(LEAVES, context, record.orgId, record.id);
    const request = change(current);
    if ((await cases.setRequest(record.orgId, record.id, current.rev, request)) !== undefined) return;
  }
  throw new Problem('CONCURRENT_CHANGE');
}

/** What is not named stays. */
function movedDays(
  context: ApiContext,
  { request, plan }: CaseOf<'leave'>,
  { time, timeZone, ...body }: Fields,
  hasBegun: boolean,
): CheckedDays {
  const firstDay = body.firstDay ?? request.firstDay;
  const returnDay = body.returnDay === undefined ? request.returnDay : (body.returnDay ?? undefined);
  const wanted = { reason: request.reason, firstDay, returnDay, time, timeZone };
  return checkLeaveDays(context, wanted, request, hasBegun ? plan.leaveAtMs : undefined);
}

async function movedRequest(
  context: ApiContext,
  record: CaseOf<'leave'>,
  {
    procedure,
    ...subject
  }: Omit<LeaveSubject, 'request'> & Pick<MovedReplySubject, 'person' | 'organisation'>,
  days: CheckedDays,
) {
  const { firstDay: _first, returnDay: _return, ...rest } = record.request;
  const { autoReply, contactPersonId } = rest;
  if (autoReply === undefined || contactPersonId === undefined) return { ...rest, ...days };
  const contact = await personOr404(context, record.orgId, contactPersonId);
  const of = { ...subject, contact, returnDay: days.returnDay, days: daysAway(context, procedure, days) };
  return { ...rest, ...days, autoReply: movedReply(autoReply, of) };
}
