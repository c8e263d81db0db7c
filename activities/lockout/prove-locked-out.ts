import { effectId } from '../../shared/domain/ids.ts';
import { keyOn } from '../../shared/domain/planner/departure/departure-days.ts';
import { ROTATION_KEY } from '../../shared/domain/planner/departure/lockout.ts';
import type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { SignInProbe } from '../ports/target-connector.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { assertControlSignsIn, isUnavailable } from './control.ts';
import { intendChange, onAccount, readAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { targetParam } from '../steps/target-param.ts';
import { rotatedSecretKey } from './rotated-secret.ts';

/**
 * Proves that nobody gets in: the rotated secret is refused on every protocol with the target's proving code while a control
 * account signs in at the same moment, nothing else that opens the account is left (sessions, app passwords, OAuth grants,
 * links, means of recovery, mail protocols), and the stored hash is another one. A target that is down proves nothing.
 */
export const proveLockedOut: StepDefinition = {
  kind: 'proveLockedOut',
  carryOut: (context) => onAccount(context, 'proveLockedOut', prove),
  proven({ ports }, { proof }) {
    const timeToLockoutMs = proof?.['timeToLockoutMs'];
    if (typeof timeToLockoutMs === 'number') ports.meter.lockoutProven(timeToLockoutMs);
  },
};

async function prove(context: AccountContext): Promise<StepEffect> {
  const { connector, ref, ports, input } = context;
  await intendChange(context);
  const again = input.params['again'] === 1;
  const secret = await ports.vault.read(input.orgId, rotatedSecretKey(input.caseId, targetParam(input)));
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
      oauthGrantCount: after.oauthGrantCount ?? 0,
      openLinkCount: after.openLinkCount ?? 0,
      recoveryMeansCount: after.recoveryMeansCount ?? 0,
      passwordChanged: true,
      // Only the first proof ends the time in which somebody could still get in.
      ...(again ? {} : { timeToLockoutMs: refusedAtMs - input.dueAtMs }),
    },
  };
}

function assertTargetUp(leaver: readonly SignInProbe[], control: readonly SignInProbe[]): void {
  if (leaver.length === 0 || leaver.some(isUnavailable))
    throw new TargetUnavailable('the target did not answer a sign-in');
  assertControlSignsIn(control);
}

async function leftOver(context: AccountContext, after: AccountSnapshot): Promise<readonly string[]> {
  const { ports, input } = context;
  const target = targetParam(input);
  const rotationKey = keyOn(target === undefined ? {} : { id: target }, ROTATION_KEY);
  const rotation = await ports.repositories.evidence.get(input.orgId, effectId(input.caseId, rotationKey, 1));
  const samePassword =
    rotation?.before === undefined || rotation.before.passwordFingerprint === after.passwordFingerprint;
  return [
    ...(after.status === 'disabled' ? [] : ['status']),
    ...(after.sessionCount === 0 ? [] : ['sessions']),
    ...(after.appPasswordCount === 0 ? [] : ['app_passwords']),
    ...(stepOn(context, 'revokeOtherCredentials') === undefined ? [] : otherCredentials(after)),
    ...(wasToSwitchOff(context) ? openProtocols(after) : []),
    ...(samePassword ? ['password'] : []),
  ];
}

/** A plan of 0.1.0 has no step that closes these ways: nothing could be carried out again when they were found open. */
function stepOn({ theCase, input }: AccountContext, kind: StepKind): PlannedStep | undefined {
  const target = targetParam(input);
  return theCase.plan.steps.find((step) => step.kind === kind && step.params['target'] === target);
}

/** What a target does not have, it does not show. */
function otherCredentials({
  oauthGrantCount = 0,
  openLinkCount = 0,
  recoveryMeansCount = 0,
}: AccountSnapshot): readonly string[] {
  return [
    ...(oauthGrantCount === 0 ? [] : ['oauth_grants']),
    ...(openLinkCount === 0 ? [] : ['links']),
    ...(recoveryMeansCount === 0 ? [] : ['recovery_means']),
  ];
}

/** Somebody may have left the step out, with a reason: the account is locked all the same. */
function wasToSwitchOff(context: AccountContext): boolean {
  const step = stepOn(context, 'switchOffProtocols');
  const status = context.theCase.steps.find((view) => view.key === step?.key)?.status;
  return step !== undefined && status !== 'skipped';
}

function openProtocols({ protocols = {} }: { readonly protocols?: object }): readonly string[] {
  return Object.entries(protocols).flatMap(([name, isOpen]) => (isOpen === true ? [`protocol_${name}`] : []));
}
