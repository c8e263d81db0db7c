import { assertControlSignsIn } from '../lockout/control.ts';
import { disableReasonOf } from '../lockout/lock-account.ts';
import { intendChange, onAccount, readAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/**
 * Proves that whoever is on leave is locked out and that mail still arrives. The person keeps the password and nobody else knows
 * it, so no sign-in is tried, and the proof says so: what the target shows over another connection (disabled, no session open),
 * what it answers to a delivery, and a control account that signs in at the same moment.
 */
export const proveDisabled: StepDefinition = {
  kind: 'proveDisabled',
  carryOut: (context) => onAccount(context, 'proveLockedOut', prove),
};

async function prove(context: AccountContext): Promise<StepEffect> {
  const { connector, ref, input } = context;
  await intendChange(context);
  const [control, delivery] = await Promise.all([connector.probeControl(), connector.probeDelivery(ref)]);
  const after = await readAccount(context);
  assertControlSignsIn(control);
  const reason = disableReasonOf(input);
  const isLocked = after.status === 'disabled' && after.disabledReason === reason && after.sessionCount === 0;
  if (!isLocked) throw new StepFailed('LEAVE_NOT_PROVEN');
  if (delivery === 'refused') throw new StepFailed('MAIL_NOT_TAKEN');
  return {
    outcome: 'done',
    after,
    proof: { status: 'disabled', reason, sessionCount: 0, delivery, control, signIn: 'not_tried' },
  };
}
