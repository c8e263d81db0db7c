import type { StepInput } from '../../shared/contract/step.ts';
import type { DisableReason } from '../../shared/domain/account-snapshot.ts';
import { accountStep } from '../steps/account-step.ts';
import { markAway } from '../steps/person-standing.ts';
import { assertAdministratorStays } from '../steps/administrator-stays.ts';
import { targetParam } from '../steps/target-param.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { rotatedSecretKey } from './rotated-secret.ts';

/** Why the account is disabled: what the plan says, which of a departure says nothing. */
export function disableReasonOf({ params }: Pick<StepInput, 'params'>): DisableReason {
  const { reason } = params;
  return reason === 'leave' || reason === 'suspicious' ? reason : 'departure';
}

const disable = accountStep({
  kind: 'disableAccount',
  operation: 'disable',
  perform: ({ connector, ref, call, input }) => connector.disable(ref, disableReasonOf(input), call),
  isProven: (after, _before, { input }) =>
    after.status === 'disabled' && after.disabledReason === disableReasonOf(input),
});

/** No sign-in any more; mail still arrives. */
export const disableAccount: StepDefinition = {
  kind: 'disableAccount',
  async carryOut(context) {
    const effect = await disable.carryOut(context);
    if (effect.outcome === 'done') await markAway(context);
    return effect;
  },
};

/**
 * The secret is in the vault before the target gets it, so that a crash in between loses nothing. On a later round the
 * secret may be in force already; on the first one the stored hash must have changed.
 */
export const rotatePassword = accountStep({
  kind: 'rotatePassword',
  operation: 'setPassword',
  async perform({ ports, connector, ref, call, input }) {
    const secret = await ports.vault.getOrCreate(
      input.orgId,
      rotatedSecretKey(input.caseId, targetParam(input)),
    );
    return connector.setPassword(ref, secret, call);
  },
  isProven: (after, before, { input }, outcome) =>
    after.passwordFingerprint !== before.passwordFingerprint ||
    (input.round > 1 && outcome.kind === 'already'),
});

export const revokeAppPasswords = accountStep({
  kind: 'revokeAppPasswords',
  operation: 'revokeAppPasswords',
  perform: ({ connector, ref, call }) => connector.revokeAppPasswords(ref, call),
  isProven: (after) => after.appPasswordCount === 0,
});

export const revokeSessions = accountStep({
  kind: 'revokeSessions',
  operation: 'revokeSessions',
  perform: ({ connector, ref, call }) => connector.revokeSessions(ref, call),
  isProven: (after) => after.sessionCount === 0,
});

export const removeOwnRules = accountStep({
  kind: 'removeOwnRules',
  operation: 'removeOwnRules',
  perform: ({ connector, ref, call }) => connector.removeOwnRules(ref, call),
  isProven: (after) => after.forwards.length === 0 && after.rules.length === 0,
});

const drop = accountStep({
  kind: 'dropAdministratorRole',
  operation: 'setRole',
  perform: ({ connector, ref, call }) => connector.setRole(ref, 'user', call),
  isProven: (after) => after.role === 'user',
});

/** The account is locked already by then; only the role waits when nobody else is left who has it. */
export const dropAdministratorRole: StepDefinition = {
  kind: 'dropAdministratorRole',
  async carryOut(context) {
    await assertAdministratorStays(context);
    return drop.carryOut(context);
  },
};
