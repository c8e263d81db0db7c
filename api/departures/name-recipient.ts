import { isSettled } from '../../shared/domain/case-states.ts';
import type { CaseOf, CaseRecord, LeavingKind } from '../../shared/domain/case-record.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import { NAME_RECIPIENT_KEY } from '../../shared/domain/planner/departure/handover.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { etagOf, outdated } from '../http/etag.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { assertRecipient } from './choose-recipient.ts';
import { caseBehind, type CaseDoor } from '../cases/case-door.ts';
import { attest } from '../cases/complete-item.ts';
import { recipientFields } from './handover-fields.ts';
import { onCase, sendCommand, type CaseCommand } from '../cases/send-command.ts';

const MAX_ATTEMPTS = 5;

type LeavingDoor = CaseDoor<CaseOf<LeavingKind>>;

interface OfCase {
  readonly context: ApiContext;
  readonly door: LeavingDoor;
  readonly record: CaseRecord;
}

/** Names who receives: the answer to the question of the checklist, or somebody else than was chosen before. */
export async function nameRecipient(context: ApiContext, call: Call, door: LeavingDoor): Promise<Answer> {
  const { personId } = parse(recipientFields, call.body);
  const { orgId, ownerId: actorId } = call.actor;
  const record = await caseBehind(door, context, orgId, paramOf(call, 'id'));
  const question = stepOf(record.plan, NAME_RECIPIENT_KEY);
  const answered = record.steps.find((step) => step.key === question?.key);
  // Once answered the case need not be told again: whoever receives is read anew by every step.
  if (question !== undefined && !isSettled(answered?.status ?? 'waiting'))
    return sendCommand(context, call, door, answerQuestion);
  return onCase(context, call, door, undefined, async ({ updateId, takenRev }) => {
    const action = `${record.kind}.recipientNamed`;
    const { rev } = await setRecipient({ context, door, record }, personId, takenRev);
    await context.repositories.audit.append({
      id: auditId(orgId, action, updateId),
      ...{ orgId, caseId: record.id, personId: record.personId, actorId, atMs: context.now() },
      action,
      detail: { recipientId: personId },
    });
    return {
      status: 200,
      headers: { ETag: etagOf(rev) },
      body: { [door.idMember]: record.id, recipientId: personId },
    };
  });
}

const answerQuestion: CaseCommand<
  'completeChecklistItem',
  { readonly personId: string },
  CaseOf<LeavingKind>
> = {
  name: 'completeChecklistItem',
  writesFirst: true,
  body: recipientFields,
  async prepare({ context, call, door, record, body: { personId } }) {
    const actorId = call.actor.ownerId;
    const question = stepOf(record.plan, NAME_RECIPIENT_KEY);
    if (question === undefined) throw new Problem('STEP_UNKNOWN');
    const view = record.steps.find((step) => step.key === question.key);
    if (view !== undefined && isSettled(view.status)) throw new Problem('STEP_ALREADY_SETTLED');
    await setRecipient({ context, door, record }, personId);
    await attest(context, record, question, { actorId, proof: { recipientId: personId } });
    return { actorId, stepKey: question.key };
  },
  detail: ({ body }) => ({ recipientId: body.personId }),
};

/**
 * `takenRev`: only at this revision. Somebody else may have changed the case since it was taken, above all where an earlier
 * attempt came to nothing; what that attempt wrote itself is no such change.
 */
async function setRecipient(
  { context, door, record }: OfCase,
  recipientId: string,
  takenRev?: number,
): Promise<CaseRecord> {
  const { orgId, id } = record;
  const leaver = await personOr404(context, orgId, record.personId);
  await assertRecipient(context, leaver, recipientId, '/personId');
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const current = await caseBehind(door, context, orgId, id);
    const { request, rev, closedAtMs } = current;
    if (closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
    if (request.handover === undefined) throw new Problem('NOTHING_TO_HAND_OVER');
    if (takenRev !== undefined && rev !== takenRev) {
      if (request.handover.recipientId === recipientId) return current;
      throw outdated(rev);
    }
    const handover = { ...request.handover, recipient: 'named' as const, recipientId };
    const changed = await context.repositories.cases.setRequest(orgId, id, rev, { ...request, handover });
    if (changed !== undefined) return changed;
  }
  throw new Problem('CONCURRENT_CHANGE');
}
