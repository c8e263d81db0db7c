import type { LeavingKind } from '../../shared/domain/case-record.ts';
import { presetOf } from '../../shared/domain/country-presets.ts';
import { GRACE_LIMITS } from '../../shared/domain/deletion.ts';
import type { DepartureRequest } from '../../shared/domain/departure.ts';
import type { PersonAction } from '../../shared/domain/people/person-actions.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import type { ApiContext } from '../api-context.ts';
import type { Acting } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personWhoMay } from '../people/assert-may.ts';
import { procedureFor } from '../procedures/find-procedure.ts';
import { autoReplyOf } from './auto-reply-of.ts';
import { deletionDateOf, outcomeOf } from './check-outcome.ts';
import { handoverOf } from './check-handover.ts';
import { redirectOf } from './check-redirect.ts';
import { checkWhen } from './check-when.ts';
import { contactOf, successorOf } from './choose-contact.ts';
import type { LeavingFields } from './departure-fields.ts';
import { undecidedOf } from './undecided.ts';

export interface CheckedDeparture {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly request: DepartureRequest;
  /** The version in force, with the grace that was asked for. */
  readonly procedure: DepartureProcedure;
  readonly warnings: readonly PlanWarning[];
}

/** What each of the operations that take these fields is about. */
const KINDS = {
  requestDeparture: 'departure',
  simulateDeparture: 'departure',
  requestDeletion: 'deletion',
  simulateDeletion: 'deletion',
} as const satisfies Partial<Record<PersonAction, LeavingKind>>;
export type LeavingAction = keyof typeof KINDS;

/** Everything that can be wrong with a departure or a deletion, before anything is written. Throws a `Problem` that names the field. */
export async function checkDeparture(
  context: ApiContext,
  call: Acting,
  wanted: LeavingFields,
  action: LeavingAction,
): Promise<CheckedDeparture> {
  const { orgId } = call.actor;
  const person = await personWhoMay(context, call, action, wanted.personId);
  const organisation = await organisationOf(context, orgId);
  const kind = KINDS[action];
  const procedure = withGrace(await procedureFor(context, organisation, kind), wanted.graceDays);
  const when = checkWhen(context, wanted, {
    leaveTime: organisation.leaveTime,
    timeZone: person.timeZone ?? organisation.timeZone,
  });
  const preset = presetOf(person.country ?? organisation.country);
  const successor = await successorOf(context, person, wanted.successorId);
  const contact = await contactOf(context, person, wanted, successor);
  const leaveDate = when.lastDay ?? context.calendar.localOf(context.now(), when.timeZone).date;
  const autoReply = autoReplyOf(wanted.autoReply, {
    ...{ person, organisation, procedure, contact, preset, leaveDate },
  });
  const outcome = outcomeOf(context, wanted.outcome, leaveDate);
  const deletionDate = deletionDateOf(context, leaveDate, outcome, procedure);
  const redirect = await redirectOf(context, wanted.redirect === false ? undefined : wanted.redirect, {
    ...{ person, organisation, preset, leaveDate, deletionDate },
  });
  const handover = await handoverOf(context, wanted.handover, {
    ...{ person, organisation, procedure, successorId: wanted.successorId, timeZone: when.timeZone },
    asks: kind === 'deletion',
  });
  const undecided = kind === 'deletion' ? undecidedOf(wanted, handover, preset) : [];
  const leaverNotice = leaverNoticeOf(wanted, procedure);
  const { personId, successorId, graceDays, reason, note, requestedBy } = wanted;
  const contactPersonId = autoReply === undefined ? wanted.contactPersonId : contact?.id;
  return {
    person,
    organisation,
    procedure,
    request: {
      personId,
      ...when,
      ...(successorId === undefined ? {} : { successorId }),
      ...(contactPersonId === undefined ? {} : { contactPersonId }),
      ...(autoReply === undefined ? {} : { autoReply }),
      ...(redirect === undefined ? {} : { redirect }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(handover === undefined ? {} : { handover }),
      ...(leaverNotice === undefined ? {} : { leaverNotice }),
      ...(graceDays === undefined ? {} : { graceDays }),
      ...(undecided.length === 0 ? {} : { undecided }),
      reason,
      ...(note === undefined ? {} : { note }),
      ...(requestedBy === undefined ? {} : { requestedBy }),
    },
    warnings: [
      ...(autoReply === undefined && wanted.autoReply?.enabled !== false ? (['NO_CONTACT'] as const) : []),
      // Whoever is to hear of a failure was never named.
      ...(organisation.notificationAddresses.length === 0 ? (['NO_NOTIFICATION_ADDRESS'] as const) : []),
    ],
  };
}

function withGrace(procedure: DepartureProcedure, graceDays: number | undefined): DepartureProcedure {
  if (graceDays === undefined) return procedure;
  const { minDays, maxDays } = GRACE_LIMITS;
  if (graceDays < minDays || graceDays > maxDays)
    throw new Problem('GRACE_OUT_OF_RANGE', {
      field: '/graceDays',
      members: { shortestDays: minDays, longestDays: maxDays },
    });
  return { ...procedure, graceDays };
}

/** Whoever is locked out at once cannot be told before. */
function leaverNoticeOf(
  { leaverNotice, urgent }: LeavingFields,
  { leaverNoticeDaysBefore }: DepartureProcedure,
): DepartureRequest['leaverNotice'] {
  if (leaverNotice === undefined) return undefined;
  if (urgent) throw new Problem('LEAVER_NOTICE_URGENT', { field: '/leaverNotice' });
  return { daysBefore: leaverNotice.daysBefore ?? leaverNoticeDaysBefore };
}
