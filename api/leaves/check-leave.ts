import type { LeaveProcedure, LeaveRequest } from '../../shared/domain/leave.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import { LEAVE_PROCEDURES } from '../../shared/domain/procedure/kinds/leave.ts';
import type { ApiContext } from '../api-context.ts';
import { contactOf } from '../departures/choose-contact.ts';
import type { Acting } from '../http/call.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personWhoMay } from '../people/assert-may.ts';
import { procedureInForce } from '../procedures/find-procedure.ts';
import { checkLeaveDays, type CheckedDays } from './check-leave-days.ts';
import { leaveReplyOf } from './leave-auto-reply.ts';
import type { LeaveFields } from './leave-fields.ts';

export const LEAVE_CHECK_WARNINGS = ['NO_CONTACT', 'NO_NOTIFICATION_ADDRESS'] as const;

export interface CheckedLeave {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly request: LeaveRequest;
  /** The version in force. */
  readonly procedure: LeaveProcedure;
  readonly warnings: readonly (typeof LEAVE_CHECK_WARNINGS)[number][];
}

/** The same of somebody who is suspected. */
const SUSPICIOUS = {
  requestLeave: 'disableSuspicious',
  simulateLeave: 'simulateSuspicious',
  disablePerson: 'disableSuspicious',
} as const;

/** Everything that can be wrong with a leave, before anything is written. Throws a `Problem` that names the field. */
export async function checkLeave(
  context: ApiContext,
  call: Acting,
  wanted: LeaveFields,
  action: 'requestLeave' | 'simulateLeave' | 'disablePerson',
): Promise<CheckedLeave> {
  const { personId, reason, note } = wanted;
  const person = await personWhoMay(
    context,
    call,
    reason === 'leave' ? action : SUSPICIOUS[action],
    personId,
  );
  const organisation = await organisationOf(context, person.orgId);
  const procedure = await procedureInForce(context, organisation, LEAVE_PROCEDURES);
  const timeZone = person.timeZone ?? organisation.timeZone;
  const days = checkLeaveDays(context, wanted, { time: procedure.time, timeZone });
  const contact = await contactOf(context, person, wanted, undefined);
  const autoReply = leaveReplyOf(wanted.autoReply, {
    ...{ person, organisation, contact, reason },
    returnDay: days.returnDay,
    days: daysAway(context, procedure, days),
  });
  const contactPersonId = autoReply === undefined ? wanted.contactPersonId : contact?.id;
  const isSilent = reason === 'leave' && autoReply === undefined && wanted.autoReply?.enabled !== false;
  return {
    person,
    organisation,
    procedure,
    request: {
      ...{ personId, reason, ...days },
      ...(contactPersonId === undefined ? {} : { contactPersonId }),
      ...(autoReply === undefined ? {} : { autoReply }),
      ...(note === undefined ? {} : { note }),
    },
    warnings: [
      ...(isSilent ? (['NO_CONTACT'] as const) : []),
      // Whoever is to hear of a failure was never named.
      ...(organisation.notificationAddresses.length === 0 ? (['NO_NOTIFICATION_ADDRESS'] as const) : []),
    ],
  };
}

/** Whole days from the beginning to the return; without one, as the procedure says. */
export function daysAway(
  { calendar, now }: Pick<ApiContext, 'calendar' | 'now'>,
  { openReplyDays }: Pick<LeaveProcedure, 'openReplyDays'>,
  { firstDay, returnDay, time, timeZone }: CheckedDays,
): number {
  if (returnDay === undefined) return openReplyDays;
  const atMs = (day: string): number => calendar.instantOf(day, time, timeZone).atMs;
  const startAtMs = Math.max(firstDay === undefined ? 0 : atMs(firstDay), now());
  return Math.max(1, Math.round((atMs(returnDay) - startAtMs) / DAY_MS));
}
