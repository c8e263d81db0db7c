import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { AccountSnapshot } from '../ports/target-connector.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { accountStep, onAccount } from '../steps/account-step.ts';
import { changePerson } from '../steps/change-person.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { onMadeAccount } from './newcomer.ts';

/** Once a case is being undone its plan has, of the way out, only what was started. */
export function wasOpened({ plan }: CaseRecord): boolean {
  return plan.steps.some(({ kind }) => kind === 'activateAccount');
}

const close = accountStep({
  kind: 'closeAccount',
  operation: 'disable',
  perform: ({ connector, ref, call }) => connector.disable(ref, 'joining', call),
  isProven: (after) => after.status === 'disabled' && after.disabledReason === 'joining',
});

/** Closed again, the person is one who has not come yet: no link opens anything. */
export const closeAccount: StepDefinition = {
  kind: 'closeAccount',
  async carryOut(context) {
    const effect = await onMadeAccount(context, 'disable', () => close.carryOut(context));
    await changePerson(context, ({ status }) => (status === 'active' ? { status: 'joining' } : undefined));
    return effect;
  },
};

export const voidWelcome: StepDefinition = {
  kind: 'voidWelcome',
  async carryOut(context) {
    const { input, person } = context;
    const { setupLinks } = context.ports.repositories;
    await context.intend();
    const voided = await setupLinks.voidAll(input.orgId, person.id, input.asOfMs);
    if ((await setupLinks.listOpen(input.orgId, person.id, input.asOfMs)).length > 0)
      throw new StepFailed('READ_BACK_MISMATCH');
    return { outcome: 'done', proof: { voided } };
  },
};

/**
 * Deletes an account in which nothing of anybody can be: it never was open, or nobody signed in and no mail came. Any other is
 * locked and kept, so that a departure archives it before it goes.
 */
export const removeCreatedAccount: StepDefinition = {
  kind: 'removeCreatedAccount',
  carryOut: (context) => onAccount(context, 'deleteAccount', remove),
};

async function remove(context: AccountContext): Promise<StepEffect> {
  const { connector, ref, call } = context;
  const before = await connector.read(ref);
  await context.intend(before);
  const reason = before && whyKept(context, before);
  if (reason !== undefined) return lock(context, reason);
  // Also where nothing is read: a creation that died may have left something behind.
  const outcome = await connector.deleteAccount(ref, before?.mailbox.revision ?? 0, call);
  if (outcome.kind === 'refused' && outcome.reason === 'mailbox_changed')
    throw new TargetUnavailable('mail arrived while the account was looked at');
  if (outcome.kind === 'refused' || outcome.kind === 'unsupported') throw new StepFailed('TARGET_REFUSED');
  if ((await connector.read(ref)) !== undefined) throw new StepFailed('READ_BACK_MISMATCH');
  return { outcome: 'done', proof: { answer: before === undefined ? 'gone' : 'deleted' } };
}

function whyKept(
  { person, theCase }: AccountContext,
  { lastLoginAtMs, mailbox }: AccountSnapshot,
): string | undefined {
  if (person.legalHold !== undefined) return 'legal_hold';
  if (!wasOpened(theCase)) return undefined;
  if (lastLoginAtMs !== undefined) return 'signed_in';
  return mailbox.messageCount > 0 ? 'mail' : undefined;
}

async function lock({ connector, ref, call }: AccountContext, reason: string): Promise<StepEffect> {
  const outcome = await connector.disable(ref, 'departure', call);
  if (outcome.kind === 'refused' || outcome.kind === 'unsupported') throw new StepFailed('TARGET_REFUSED');
  const after = await connector.read(ref);
  if (after?.disabledReason !== 'departure') throw new StepFailed('READ_BACK_MISMATCH');
  return { outcome: 'done', after, proof: { answer: 'kept', reason } };
}
