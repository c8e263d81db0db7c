import { assertControlSignsIn, isUnavailable } from '../lockout/control.ts';
import { rotatedSecretKey } from '../lockout/rotated-secret.ts';
import type { SignInProbe } from '../ports/target-connector.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { intendChange, notApplicable, onAccount, readAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { targetParam } from '../steps/target-param.ts';
import { evidenceOfUndone, putsBack } from '../undo/before-state.ts';

/**
 * Proves that the account can be used again. Where the leave had changed the password, Gangway signs in with it: it is in force
 * until the person sets another one. Else the person's own password was never touched, and the proof tells that it is the same.
 */
export const proveActive: StepDefinition = {
  kind: 'proveActive',
  async carryOut(context) {
    const was = putsBack(context) ? (await evidenceOfUndone(context))?.before : undefined;
    // An account that was disabled before the leave is so again.
    if (was?.status === 'disabled') return notApplicable(context, 'disabled_before');
    return onAccount(context, 'enable', (account) => prove(account, was?.passwordFingerprint));
  },
};

async function prove(context: AccountContext, passwordBefore: string | undefined): Promise<StepEffect> {
  const { connector, ref } = context;
  await intendChange(context);
  const [own, control, delivery] = await Promise.all([
    signIn(context),
    connector.probeControl(),
    connector.probeDelivery(ref),
  ]);
  const after = await readAccount(context);
  if (own?.some(isUnavailable) === true) throw new TargetUnavailable('the target did not answer a sign-in');
  assertControlSignsIn(control);
  const letsIn = own === undefined || own.every(({ result }) => LET_IN.includes(result));
  if (after.status !== 'active' || !letsIn) throw new StepFailed('RETURN_NOT_PROVEN');
  if (delivery === 'refused') throw new StepFailed('MAIL_NOT_TAKEN');
  return {
    outcome: 'done',
    after,
    proof: {
      ...{ status: 'active', delivery, control, signIn: own ?? 'not_tried' },
      ...(passwordBefore === undefined ? {} : { samePassword: passwordBefore === after.passwordFingerprint }),
    },
  };
}

/** A protocol that is switched off refuses nobody else: the secret was right, and the account is not locked. */
const LET_IN: readonly SignInProbe['result'][] = ['accepted', 'refused_protocol'];

async function signIn({ ports, input, connector, ref }: AccountContext) {
  const secret = await ports.vault.read(input.orgId, rotatedSecretKey(input.caseId, targetParam(input)));
  return secret === undefined ? undefined : connector.probeSignIn(ref, secret);
}
