import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { planRoleChange, type PlannedRoleChange } from '../../shared/domain/planner/plan-role-change.ts';
import type { RoleChangeProcedure } from '../../shared/domain/planner/role-change-procedure.ts';
import type { PreviousPlan } from '../../shared/domain/planner/started-steps.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { countRights } from '../../shared/domain/role-rights.ts';
import type { ApiContext } from '../api-context.ts';

export interface RoleChangeSubject {
  readonly person: Pick<Person, 'managerId' | 'accounts'>;
  readonly organisation: Pick<Organisation, 'notificationAddresses'>;
  readonly request: RoleChangeRequest;
  /** The version in force, or the one a case goes by. */
  readonly procedure: RoleChangeProcedure;
}

/** The one way a plan is made: for a new role change, its simulation, a move of its date and a longer overlap. */
export function planOfRoleChange(
  { calendar, now }: Pick<ApiContext, 'calendar' | 'now'>,
  { person, organisation, request, procedure }: RoleChangeSubject,
  previous?: PreviousPlan,
): PlannedRoleChange {
  const { date, time, timeZone, overlapDays, adds, removes, accountRole, quotaBytes } = request;
  const managerId = request.managerId ?? person.managerId;
  return planRoleChange(
    {
      ...{ procedure, version: (previous?.plan.version ?? 0) + 1, nowMs: now() },
      ...{ date, time, timeZone, overlapDays },
      targets: person.accounts.map(({ target }) => target),
      gives: countRights(adds) > 0 || quotaBytes !== undefined,
      takes: countRights(removes) > 0,
      ...(accountRole === undefined
        ? {}
        : { role: accountRole === 'administrator' ? ('promoted' as const) : ('demoted' as const) }),
      noticePossible: managerId !== undefined || organisation.notificationAddresses.length > 0,
      ...(previous === undefined ? {} : { previous }),
    },
    calendar,
  );
}
