import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import { caseView } from '../cases/case-view.ts';
import { startCase } from '../cases/open-case.ts';
import { simulate } from '../departures/simulate-departure.ts';
import { writeLeaving } from '../departures/write-leaving.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { checkDeletion } from './check-deletion.ts';
import { deletionFields } from './deletion-fields.ts';

/**
 * Takes a deletion: claims the person, writes the case, starts its workflow. Whatever is missing after a crash is made up for,
 * by a repeated request or by the reconciler.
 */
export async function createDeletion(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(deletionFields, call.body);
  const options = { required: false, subjectId: newId('cas') };
  return idempotently(context, call, options, async ({ subjectId: caseId }) => {
    noteCase(caseId);
    const { orgId } = call.actor;
    const known = await context.repositories.cases.get(orgId, caseId);
    if (known !== undefined && isOfKind(known, 'deletion'))
      return answer(context, await startCase(context, known), []);
    const checked = await checkDeletion(context, call, wanted, 'requestDeletion');
    const written = { checked, caseId, planToken: wanted.planToken };
    const { record, warnings } = await writeLeaving<'deletion'>(context, call, 'deletion', written);
    return answer(context, await startCase(context, record), warnings);
  });
}

/** The same checks and the same plan. Writes nothing. */
export async function simulateDeletion(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(deletionFields, call.body);
  return simulate(context, await checkDeletion(context, call, wanted, 'simulateDeletion'));
}

function answer(context: ApiContext, record: CaseOf<'deletion'>, warnings: readonly PlanWarning[]): Answer {
  return {
    status: 202,
    // Without a tag: the workflow speaks of itself in a moment, and the revision is another.
    headers: { Location: `/v1/cases/${record.id}` },
    body: { ...caseView(record, [], context.calendar), warnings },
  };
}
