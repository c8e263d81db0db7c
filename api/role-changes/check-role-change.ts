import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { RoleChangeWarning } from '../../shared/domain/planner/plan-role-change.ts';
import type { RoleChangeProcedure } from '../../shared/domain/planner/role-change-procedure.ts';
import { ROLE_CHANGE_PROCEDURES } from '../../shared/domain/procedure/kinds/role-change.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { countRights } from '../../shared/domain/role-rights.ts';
import type { ApiContext } from '../api-context.ts';
import type { Acting } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { hasOtherAdministrator } from '../people/administrators.ts';
import { personWhoMay } from '../people/assert-may.ts';
import { managerOf } from '../people/check-manager.ts';
import { procedureInForce } from '../procedures/find-procedure.ts';
import { checkChangeDate } from './check-change-date.ts';
import { directoryAccounts } from './directory-accounts.ts';
import { roleByTemplates, templatesOf } from './role-by-templates.ts';
import type { RoleChangeFields } from './role-change-fields.ts';

export interface CheckedRoleChange {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly request: RoleChangeRequest;
  /** The version in force. */
  readonly procedure: RoleChangeProcedure;
  readonly warnings: readonly RoleChangeWarning[];
}

/** Everything that can be wrong with a role change, before anything is written. Throws a `Problem` that names the field. */
export async function checkRoleChange(
  context: ApiContext,
  call: Acting,
  wanted: RoleChangeFields,
  action: 'requestRoleChange' | 'simulateRoleChange',
): Promise<CheckedRoleChange> {
  const person = await personWhoMay(context, call, action, wanted.personId);
  const organisation = await organisationOf(context, person.orgId);
  const procedure = await procedureInForce(context, organisation, ROLE_CHANGE_PROCEDURES);
  const templates = await templatesOf(context, person, wanted);
  const when = {
    date: wanted.date,
    time: wanted.time ?? procedure.changeTime,
    timeZone: wanted.timeZone ?? person.timeZone ?? organisation.timeZone,
  };
  checkChangeDate(context, when);
  const managerId = await newManagerOf(context, person, wanted.managerId);
  const accounts = await directoryAccounts(context, person);
  const role = roleByTemplates(templates, person, accounts, wanted);
  await assertRoleFits(context, person, role.accountRole, wanted);
  const { quotaBytes } = role;
  if (quotaBytes !== undefined && accounts.some(({ mailbox }) => mailbox.bytes > quotaBytes))
    throw new Problem('QUOTA_BELOW_USE', { field: wanted.quotaBytes === undefined ? '/to' : '/quotaBytes' });
  const request: RoleChangeRequest = {
    ...{ personId: person.id, to: templates.to.name },
    ...(templates.from === undefined ? {} : { from: templates.from.name }),
    ...when,
    overlapDays: wanted.overlapDays ?? procedure.overlapDays,
    ...role,
    ...(managerId === undefined ? {} : { managerId }),
    ...(wanted.note === undefined ? {} : { note: wanted.note }),
  };
  if (!changesAnything(person, request)) throw new Problem('ROLE_UNCHANGED', { field: '/to' });
  return {
    ...{ person, organisation, request, procedure },
    // Whoever is to hear of a failure was never named.
    warnings: organisation.notificationAddresses.length === 0 ? ['NO_NOTIFICATION_ADDRESS'] : [],
  };
}

/** `undefined`: it stays whoever it is. */
async function newManagerOf(
  context: ApiContext,
  person: Person,
  managerId: string | undefined,
): Promise<string | undefined> {
  if (managerId === undefined) return undefined;
  const manager = await managerOf(context, person.orgId, managerId, person.id);
  if (manager.status !== 'active') throw new Problem('MANAGER_INACTIVE', { field: '/managerId' });
  return managerId === person.managerId ? undefined : managerId;
}

/** A new administrator is confirmed, and the last one stays. */
async function assertRoleFits(
  context: ApiContext,
  person: Person,
  accountRole: RoleChangeRequest['accountRole'],
  { confirm, ...wanted }: RoleChangeFields,
): Promise<void> {
  if (accountRole === 'administrator' && !confirm)
    throw new Problem('CONFIRMATION_REQUIRED', { field: '/confirm' });
  if (accountRole === 'user' && !(await hasOtherAdministrator(context, person)))
    throw new Problem('LAST_ADMINISTRATOR', {
      field: wanted.accountRole === undefined ? '/to' : '/accountRole',
    });
}

function changesAnything(person: Person, request: RoleChangeRequest): boolean {
  const { to, adds, removes, accountRole, quotaBytes, managerId, department } = request;
  const others = [accountRole, quotaBytes, managerId, department];
  return (
    to !== person.template ||
    countRights(adds) + countRights(removes) > 0 ||
    others.some((value) => value !== undefined)
  );
}
