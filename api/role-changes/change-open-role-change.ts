import type { CaseOf } from '../../shared/domain/case-record.ts';
import type { Plan } from '../../shared/domain/plan.ts';
import { ROLE_CHANGE_PROCEDURES } from '../../shared/domain/procedure/kinds/role-change.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import type { ApiContext } from '../api-context.ts';
import { caseBehind } from '../cases/case-door.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { procedureOfCase } from '../procedures/find-procedure.ts';
import { planOfRoleChange } from './plan-of-role-change.ts';
import { ROLE_CHANGES } from './role-change-door.ts';

const MAX_ATTEMPTS = 5;

/** The next plan of an open role change, by the procedure it goes by; whatever was started keeps its place. */
export async function nextPlan(
  context: ApiContext,
  record: CaseOf<'role_change'>,
  request: RoleChangeRequest,
  startedKeys: ReadonlySet<string>,
): Promise<Plan> {
  const { orgId, personId, plan } = record;
  const person = await personOr404(context, orgId, personId);
  const organisation = await organisationOf(context, orgId);
  const procedure = await procedureOfCase(context, ROLE_CHANGE_PROCEDURES, record);
  const previous = { plan, startedKeys };
  return planOfRoleChange(context, { person, organisation, request, procedure }, previous).plan;
}

/** Writes what is asked for now. */
export async function storeRequest(
  context: ApiContext,
  { orgId, id }: CaseOf<'role_change'>,
  change: (request: RoleChangeRequest) => RoleChangeRequest,
): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { rev, request } = await caseBehind(ROLE_CHANGES, context, orgId, id);
    const changed = await context.repositories.cases.setRequest(orgId, id, rev, change(request));
    if (changed !== undefined) return;
  }
  throw new Problem('CONCURRENT_CHANGE');
}
