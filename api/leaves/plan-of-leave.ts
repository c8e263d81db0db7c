import type { LeaveProcedure, LeaveRequest } from '../../shared/domain/leave.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { planLeave, type LeavePlanInput, type PlannedLeave } from '../../shared/domain/planner/plan-leave.ts';
import type { ApiContext } from '../api-context.ts';

export interface LeaveSubject {
  readonly person: Pick<Person, 'managerId' | 'accounts'>;
  readonly organisation: Pick<Organisation, 'notificationAddresses'>;
  readonly request: LeaveRequest;
  /** The version in force, or the one a case goes by. */
  readonly procedure: LeaveProcedure;
}

/** The one way a plan is made: for a new leave, its simulation, and a move of an open one. */
export function planOfLeave(
  context: Pick<ApiContext, 'calendar' | 'now'>,
  { person, organisation, request, procedure }: LeaveSubject,
  more: Pick<LeavePlanInput, 'previous' | 'endsNow' | 'passwordGone'> = {},
): PlannedLeave {
  const { reason, firstDay, returnDay, time, timeZone, opensOnly, autoReply } = request;
  return planLeave(
    {
      ...{ procedure, reason, time, timeZone, nowMs: context.now() },
      version: (more.previous?.plan.version ?? 0) + 1,
      ...(firstDay === undefined ? {} : { firstDay }),
      ...(returnDay === undefined ? {} : { returnDay }),
      ...(opensOnly === undefined ? {} : { opensOnly }),
      targets: person.accounts.map((account) => account.target),
      givesAutoReply: autoReply !== undefined,
      noticePossible: person.managerId !== undefined || organisation.notificationAddresses.length > 0,
      ...more,
    },
    context.calendar,
  );
}
