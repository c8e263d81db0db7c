import { presetOf } from '../../shared/domain/country-presets.ts';
import type { DepartureRequest } from '../../shared/domain/departure.ts';
import { needsRecipient, type Handover, type HandoverPlan } from '../../shared/domain/handover.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { stepOf, type Plan } from '../../shared/domain/plan.ts';
import { NAME_RECIPIENT_KEY } from '../../shared/domain/planner/departure/handover.ts';
import type { PlannedRedirect } from '../../shared/domain/planner/departure/departure-days.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import { planDeparture, type PlannedDeparture } from '../../shared/domain/planner/plan-departure.ts';
import type { PreviousPlan } from '../../shared/domain/planner/started-steps.ts';
import type { ApiContext } from '../api-context.ts';
import { recipientByRule } from './choose-recipient.ts';

export interface PlanSubject {
  readonly person: Pick<Person, 'managerId' | 'accounts' | 'country'>;
  readonly organisation: Pick<Organisation, 'notificationAddresses' | 'fallbackRecipientId' | 'country'>;
  readonly request: DepartureRequest;
  /** The version in force, the one a case goes by, or the one it is moved to. */
  readonly procedure: DepartureProcedure;
}

/** Where it leads stays out of the plan. One that is asked about has its place there, for the days that are usual. */
function plannedRedirect({
  person,
  organisation,
  request,
}: Omit<PlanSubject, 'procedure'>): PlannedRedirect | undefined {
  const { redirect, undecided } = request;
  if (redirect !== undefined)
    return { days: redirect.days, outside: redirect.outside, outlivesAccount: redirect.outliveAccount };
  if (undecided?.includes('redirect') !== true) return undefined;
  const { days } = presetOf(person.country ?? organisation.country).redirect;
  return { days, outside: false, outlivesAccount: false };
}

/** Names, folders and reasons stay out of the plan. A question that was answered stays in it, for what waited for it. */
function plannedHandover(
  handover: Handover,
  { person, organisation, request }: Omit<PlanSubject, 'procedure'>,
  previous?: Plan,
): HandoverPlan {
  const { day, targets, access, recipient } = handover;
  const { successorId } = request;
  const ownerId = recipientByRule({ person, organisation, successorId }, handover);
  const asked = previous !== undefined && stepOf(previous, NAME_RECIPIENT_KEY) !== undefined;
  return {
    day,
    targets,
    ...(access === undefined ? {} : { accessDays: access.days }),
    askRecipient: asked || (recipient === 'ask' && needsRecipient(handover, request.undecided)),
    ...(ownerId === undefined ? {} : { ownerId }),
  };
}

/** The one way a plan is made: for a new departure, its simulation, and a move of an open one. */
export function planOfRequest(
  context: Pick<ApiContext, 'calendar' | 'now'>,
  { person, organisation, request, procedure }: PlanSubject,
  previous?: PreviousPlan,
): PlannedDeparture {
  const redirect = plannedRedirect({ person, organisation, request });
  return planDeparture(
    {
      procedure,
      version: (previous?.plan.version ?? 0) + 1,
      nowMs: context.now(),
      timeZone: request.timeZone,
      ...(request.lastDay === undefined ? {} : { lastDay: request.lastDay }),
      leaveTime: request.leaveTime,
      urgent: request.urgent,
      targets: person.accounts.map((account) => account.target),
      ...(request.autoReply === undefined ? {} : { autoReplyDays: request.autoReply.days }),
      ...(request.handover === undefined
        ? {}
        : { handover: plannedHandover(request.handover, { person, organisation, request }, previous?.plan) }),
      ...(redirect === undefined ? {} : { redirect }),
      ...(request.undecided === undefined ? {} : { asks: request.undecided }),
      ...(request.outcome?.kind === 'retain' ? { retainUntil: request.outcome.until } : {}),
      noticePossible: person.managerId !== undefined || organisation.notificationAddresses.length > 0,
      ...(request.leaverNotice === undefined
        ? {}
        : { leaverNoticeDaysBefore: request.leaverNotice.daysBefore }),
      ...(previous === undefined ? {} : { previous }),
    },
    context.calendar,
  );
}
