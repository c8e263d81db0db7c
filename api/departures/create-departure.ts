import type { LimitFunction } from 'p-limit';
import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import { hasBegun } from '../../shared/domain/case/at-rest.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { answerOnce } from '../cases/await-outcome.ts';
import { DEPARTURES } from '../cases/case-door.ts';
import { startCase } from '../cases/open-case.ts';
import { checkDeparture } from './check-departure.ts';
import { departureFields } from './departure-fields.ts';
import { departureView } from './departure-view.ts';
import { writeLeaving } from './write-leaving.ts';

/**
 * Takes a departure: claims the person, writes the case, starts its workflow. Whatever is missing after a crash is made up
 * for, by a repeated request or by the reconciler, so the answer is 202 even while the engine is away. `inTurn`: a few at a time,
 * so that whoever reads meanwhile need not wait behind all of them.
 */
export async function createDeparture(
  context: ApiContext,
  call: Call,
  inTurn: LimitFunction,
): Promise<Answer> {
  const wanted = parse(departureFields, call.body);
  const options = { required: false, subjectId: newId('cas') };
  const taken = await idempotently(context, call, options, async ({ subjectId: caseId }) => {
    noteCase(caseId);
    const { orgId } = call.actor;
    const written = await context.repositories.cases.get(orgId, caseId);
    if (written !== undefined && isOfKind(written, 'departure'))
      return answer(context, await startCase(context, written), []);
    const { record, warnings } = await inTurn(async () => {
      const checked = await checkDeparture(context, call, wanted, 'requestDeparture');
      return writeLeaving<'departure'>(context, call, 'departure', {
        ...{ checked, caseId, planToken: wanted.planToken },
      });
    });
    return answer(context, await startCase(context, record), warnings);
  });
  return onceBegun(context, call, taken);
}

/**
 * With `Prefer: wait`: how it stands once its first steps were tried; 201 where the lock that is due is proven, else the usual
 * 202, as when the time is over.
 */
function onceBegun(context: ApiContext, call: Call, taken: Answer): Promise<Answer> {
  const { id: caseId, warnings } = taken.body as { readonly id: string; readonly warnings: unknown };
  return answerOnce(
    context,
    call,
    taken,
    { door: DEPARTURES, caseId, outcome: 'begun' },
    async ({ record, reached }) => {
      const evidence = await context.repositories.evidence.listByCase(record.orgId, caseId);
      const body = { ...departureView(record, evidence, context.calendar), warnings };
      return { ...taken, status: reached && hasBegun(record, context.now()) ? 201 : taken.status, body };
    },
  );
}

function answer(context: ApiContext, record: CaseOf<'departure'>, warnings: readonly PlanWarning[]): Answer {
  return {
    status: 202,
    // Without a tag: the workflow speaks of itself in a moment, and the revision is another.
    headers: { Location: `/v1/departures/${record.id}` },
    body: { ...departureView(record, [], context.calendar), warnings },
  };
}
