import type { z } from 'zod';
import { isSettled } from '../../shared/domain/case-states.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { effectId } from '../../shared/domain/ids.ts';
import { stepOf, type PlannedStep } from '../../shared/domain/plan.ts';
import { NAME_RECIPIENT_KEY } from '../../shared/domain/planner/departure/handover.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { proofFields } from '../departures/handover-fields.ts';
import { assertNotSelf } from './not-self.ts';
import type { CaseCommand } from './send-command.ts';

type Fields = z.output<typeof proofFields>;

/**
 * Somebody says that an item of the checklist is done, and how it can be seen. The evidence is written before the case is
 * told, so nothing is written that the case would refuse. Its result is `attested`: a person's word, never `done`.
 */
export const completeItem: CaseCommand<'completeChecklistItem', Fields> = {
  name: 'completeChecklistItem',
  writesFirst: true,
  body: proofFields,
  async prepare({ context, call, record, body }) {
    const stepKey = paramOf(call, 'key');
    const actorId = call.actor.ownerId;
    const item = openItem(record, stepKey);
    if (stepKey === NAME_RECIPIENT_KEY) throw new Problem('RECIPIENT_REQUIRED');
    // Nobody clears themselves of a suspicion, or opens their own account.
    if (item.kind === 'investigate' || item.kind === 'endLeave') assertNotSelf(call, record.personId);
    await attest(context, record, item, { actorId, proof: { text: body.proof } });
    return { actorId, stepKey };
  },
  detail: ({ call }) => ({ stepKey: paramOf(call, 'key') }),
};

/** The item, as long as it waits for somebody. */
export function openItem(record: CaseRecord, stepKey: string): PlannedStep {
  if (record.closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
  const planned = stepOf(record.plan, stepKey);
  if (planned === undefined) throw new Problem('STEP_UNKNOWN');
  if (planned.manual !== true) throw new Problem('STEP_NOT_MANUAL');
  const view = record.steps.find((step) => step.key === stepKey);
  // One that was attested is the case's to refuse: a repeated request finds there what its first attempt had said.
  if (view !== undefined && isSettled(view.status) && view.status !== 'attested')
    throw new Problem('STEP_ALREADY_SETTLED');
  return planned;
}

/** The first word stands. */
export async function attest(
  context: ApiContext,
  record: CaseRecord,
  { key: stepKey, kind }: PlannedStep,
  word: { readonly actorId: string; readonly proof: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { evidence } = context.repositories;
  const { orgId, id: caseId, personId } = record;
  const id = effectId(caseId, stepKey, 1);
  await evidence.intend({ id, orgId, caseId, personId, stepKey, round: 1, kind });
  await evidence.complete(orgId, id, {
    status: 'attested',
    occurredAtMs: context.now(),
    proof: { ...word.proof, attestedBy: word.actorId },
  });
}
