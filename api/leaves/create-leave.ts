import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import { caseView } from '../cases/case-view.ts';
import { startCase, writeCase } from '../cases/open-case.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { checkLeave, type CheckedLeave } from './check-leave.ts';
import { disableFields, leaveFields, type LeaveFields } from './leave-fields.ts';
import type { LeaveWarning } from './leave-schema.ts';
import { planOfLeave } from './plan-of-leave.ts';

/** Takes a leave. Whatever is missing after a crash is made up for, by a repeated request or by the reconciler. */
export function createLeave(context: ApiContext, call: Call): Promise<Answer> {
  return takeLeave(context, call, parse(leaveFields, call.body), 'requestLeave');
}

/** The short form: a leave that begins at once. */
export async function disablePerson(context: ApiContext, call: Call): Promise<Answer> {
  const { reason, ...wanted } = parse(disableFields, call.body);
  const personId = paramOf(call, 'id');
  await personOr404(context, call.actor.orgId, personId);
  if (reason === 'departure')
    throw new Problem('DEPARTURE_NEEDED', { field: '/reason', members: { offer: 'POST /v1/departures' } });
  return takeLeave(context, call, { personId, reason, ...wanted }, 'disablePerson');
}

type Taking = 'requestLeave' | 'disablePerson';

function takeLeave(context: ApiContext, call: Call, wanted: LeaveFields, taking: Taking): Promise<Answer> {
  const options = { required: false, subjectId: newId('cas') };
  return idempotently(context, call, options, async ({ subjectId: caseId }) => {
    noteCase(caseId);
    const written = await context.repositories.cases.get(call.actor.orgId, caseId);
    if (written !== undefined && isOfKind(written, 'leave')) return answerLeave(context, written, []);
    const { record, warnings } = await writeLeave(
      context,
      call,
      await checkLeave(context, call, wanted, taking),
      caseId,
    );
    return answerLeave(context, record, warnings);
  });
}

async function writeLeave(context: ApiContext, call: Call, checked: CheckedLeave, caseId: string) {
  const { plan, warnings } = planOfLeave(context, checked);
  const { person, request } = checked;
  const record = await writeCase<'leave'>(context, call, caseId, {
    ...{ kind: 'leave', person, request, plan },
    ...{ reason: request.reason, passesGuard: true },
  });
  return { record, warnings: [...checked.warnings, ...warnings] };
}

/** Starts it where it is not known to run. */
export async function answerLeave(
  context: ApiContext,
  record: CaseOf<'leave'>,
  warnings: readonly LeaveWarning[],
): Promise<Answer> {
  const started = await startCase(context, record);
  return {
    status: 202,
    // Without a tag: the workflow speaks of itself in a moment, and the revision is another.
    headers: { Location: `/v1/cases/${record.id}` },
    body: { ...caseView(started, [], context.calendar), warnings },
  };
}
