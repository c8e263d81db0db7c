import { effectId } from '../../shared/domain/ids.ts';
import type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';
import type { SignInProbe } from '../ports/target-connector.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { intendChange, onAccount, readAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { rotatedSecretKey } from './rotated-secret.ts';

/**
 * Proves that nobody gets in: the rotated secret is refused on every protocol with the target's proving code while a control
 * account signs in at the same moment, no session and no app password is left, and the stored hash is another one. A target
 * that is down proves nothing.
 */
export const proveLockedOut: StepDefinition = {
  kind: 'proveLockedOut',
  carryOut: (context) => onAccount(context, 'proveLockedOut', prove),
};

async function prove(context: AccountContext): Promise<StepEffect> {
  const { connector, ref, ports, input } = context;
  await intendChange(context);
  const again = input.params['again'] === 1;
  const secret = await ports.vault.read(input.orgId, rotatedSecretKey(input.caseId));
  if (secret === undefined) throw new StepFailed('SECRET_MISSING');
  const [leaver, control] = await Promise.all([connector.probeSignIn(ref, secret), connector.probeControl()]);
  const refusedAtMs = ports.clock.now();
  const after = await readAccount(context);
  assertTargetUp(leaver, control);
  const breaches = [
    ...leaver
      .filter((probe) => probe.result !== 'refused_disabled')
      .map((probe) => `sign_in_${probe.protocol}`),
    ...(await leftOver(context, after)),
  ];
  if (breaches.length > 0)
    throw new StepFailed(again ? 'LOCKOUT_DRIFTED' : 'LOCKOUT_NOT_PROVEN', {
      cause: breaches,
    });
  return {
    outcome: 'done',
    after,
    proof: {
      leaver,
      control,
      sessionCount: 0,
      appPasswordCount: 0,
      passwordChanged: true,
      // Only the first proof ends the time in which somebody could still get in.
      ...(again ? {} : { timeToLockoutMs: refusedAtMs - input.dueAtMs }),
    },
  };
}

function assertTargetUp(leaver: readonly SignInProbe[], control: readonly SignInProbe[]): void {
  if (leaver.length === 0 || [...leaver, ...control].some((probe) => probe.result === 'unavailable')) {
    throw new TargetUnavailable('the target did not answer a sign-in');
  }
  if (control.length === 0 || control.some((probe) => probe.result !== 'accepted'))
    throw new StepFailed('CONTROL_ACCOUNT_FAILED');
}

async function leftOver(context: AccountContext, after: AccountSnapshot): Promise<readonly string[]> {
  const { evidence } = context.ports.repositories;
  const rotation = await evidence.get(
    context.input.orgId,
    effectId(context.input.caseId, 'rotate-password', 1),
  );
  const samePassword =
    rotation?.before === undefined || rotation.before.passwordFingerprint === after.passwordFingerprint;
  return [
    ...(after.status === 'disabled' ? [] : ['status']),
    ...(after.sessionCount === 0 ? [] : ['sessions']),
    ...(after.appPasswordCount === 0 ? [] : ['app_passwords']),
    ...(samePassword ? ['password'] : []),
  ];
}
