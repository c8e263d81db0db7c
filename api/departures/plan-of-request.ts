import type { DepartureRequest } from '../../shared/domain/departure.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Plan } from '../../shared/domain/plan.ts';
import { DEPARTURE_PROCEDURE } from '../../shared/domain/planner/departure-procedure.ts';
import { planDeparture, type PlannedDeparture } from '../../shared/domain/planner/plan-departure.ts';
import type { ApiContext } from '../api-context.ts';

export interface PlanSubject {
  readonly person: Pick<Person, 'managerId'>;
  readonly organisation: Pick<Organisation, 'notificationAddresses'>;
  readonly request: DepartureRequest;
}

/** The one way a plan is made: for a new departure, its simulation, and a move of an open one. */
export function planOfRequest(
  context: Pick<ApiContext, 'calendar' | 'now'>,
  { person, organisation, request }: PlanSubject,
  previous?: { readonly plan: Plan; readonly startedKeys: ReadonlySet<string> },
): PlannedDeparture {
  return planDeparture(
    {
      procedure: DEPARTURE_PROCEDURE,
      version: (previous?.plan.version ?? 0) + 1,
      nowMs: context.now(),
      timeZone: request.timeZone,
      ...(request.lastDay === undefined ? {} : { lastDay: request.lastDay }),
      leaveTime: request.leaveTime,
      urgent: request.urgent,
      ...(request.autoReply === undefined ? {} : { autoReplyDays: request.autoReply.days }),
      noticePossible: person.managerId !== undefined || organisation.notificationAddresses.length > 0,
      ...(previous === undefined ? {} : { previous }),
    },
    context.calendar,
  );
}
