import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import type { RoleChangeWarning } from '../../shared/domain/planner/plan-role-change.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import { caseView } from '../cases/case-view.ts';
import { startCase, writeCase } from '../cases/open-case.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { checkRoleChange } from './check-role-change.ts';
import { planOfRoleChange } from './plan-of-role-change.ts';
import { roleChangeFields, type RoleChangeFields } from './role-change-fields.ts';

/**
 * Takes a role change: claims the person, writes the case, starts its workflow. Whatever is missing after a crash is made up for,
 * by a repeated request or by the reconciler.
 */
export function createRoleChange(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(roleChangeFields, call.body);
  const options = { required: false, subjectId: newId('cas') };
  return idempotently(context, call, options, async ({ subjectId: caseId }) => {
    noteCase(caseId);
    const written = await context.repositories.cases.get(call.actor.orgId, caseId);
    if (written !== undefined && isOfKind(written, 'role_change'))
      return answer(context, await startCase(context, written), []);
    const { record, warnings } = await writeRoleChange(context, call, wanted, caseId);
    return answer(context, await startCase(context, record), warnings);
  });
}

async function writeRoleChange(context: ApiContext, call: Call, wanted: RoleChangeFields, caseId: string) {
  const checked = await checkRoleChange(context, call, wanted, 'requestRoleChange');
  const { plan, warnings } = planOfRoleChange(context, checked);
  const { person, request } = checked;
  const record = await writeCase<'role_change'>(context, call, caseId, {
    ...{ kind: 'role_change', person, request, plan },
    // Nobody is locked out by it: what ends is announced, and may last longer.
    passesGuard: false,
  });
  return { record, warnings: [...checked.warnings, ...warnings] };
}

function answer(
  context: ApiContext,
  record: CaseOf<'role_change'>,
  warnings: readonly RoleChangeWarning[],
): Answer {
  return {
    status: 202,
    // Without a tag: the workflow speaks of itself in a moment, and the revision is another.
    headers: { Location: `/v1/cases/${record.id}` },
    body: { ...caseView(record, [], context.calendar), warnings },
  };
}
