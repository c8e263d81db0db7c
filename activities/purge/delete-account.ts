import { archiveMissingMail } from '../archive/archive-mail.ts';
import { assertHandedOver } from '../handover/assert-handed-over.ts';
import { onAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { assertMayBeDeleted } from './purge-conditions.ts';

/**
 * The point of no return. Everything the gate asked is asked again right before the call, the archive is brought up to the
 * last message, and the target refuses when the mailbox changed in between.
 */
export const deleteAccount: StepDefinition = {
  kind: 'deleteAccount',
  carryOut: (context) => onAccount(context, 'deleteAccount', purge),
};

async function purge(context: AccountContext): Promise<StepEffect> {
  const { connector, ref, call, ports, input, evidenceId } = context;
  const { evidence } = ports.repositories;
  const before = await connector.read(ref);
  const intent = await context.intend(before);
  await assertMayBeDeleted(context);
  if (before === undefined) {
    // Our own earlier call, or somebody else's: the account is gone either way, and what was archived stays.
    return {
      outcome: 'done',
      proof: { answer: intent.calledAtMs === undefined ? 'gone_before' : 'deleted' },
    };
  }
  const archive = await archiveMissingMail(context);
  await assertHandedOver(context, [ref]);
  const { approvedBy } = await assertMayBeDeleted(context);
  await evidence.markCalled(input.orgId, evidenceId, intent.calledAtMs ?? input.asOfMs);
  const outcome = await connector.deleteAccount(ref, before.mailbox.revision, call);
  if (outcome.kind === 'refused' || outcome.kind === 'unsupported') {
    if (intent.calledAtMs === undefined) await evidence.markCalled(input.orgId, evidenceId, undefined);
    throw new StepFailed(outcome.reason === 'mailbox_changed' ? 'ARCHIVE_INCOMPLETE' : 'TARGET_REFUSED');
  }
  if ((await connector.read(ref)) !== undefined) throw new StepFailed('READ_BACK_MISMATCH');
  return { outcome: 'done', proof: { answer: outcome.kind, approvedBy, ...archive } };
}
