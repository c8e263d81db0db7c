import type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { CallOutcome, Operation } from '../ports/target-connector.ts';
import { accountStep, notApplicable } from '../steps/account-step.ts';
import { markBack, markStaying } from '../steps/person-standing.ts';
import type { AccountContext, StepDefinition } from '../steps/step-definition.ts';
import { evidenceOfUndone, putsBack } from './before-state.ts';

/** Puts one property of an account back to what it was before a step. */
export interface RestoreStep {
  readonly kind: StepKind;
  readonly operation: Operation;
  readonly restore: (context: AccountContext, was: AccountSnapshot) => Promise<CallOutcome>;
  readonly isBack: (after: AccountSnapshot, was: AccountSnapshot) => boolean;
}

export function restoreStep({ kind, operation, restore, isBack }: RestoreStep): StepDefinition {
  return {
    kind,
    async carryOut(context) {
      const was = (await evidenceOfUndone(context))?.before;
      if (was === undefined) return notApplicable(context, 'nothing_to_put_back');
      const step = accountStep({
        kind,
        operation,
        perform: (account) => restore(account, was),
        isProven: (after) => isBack(after, was),
      });
      return step.carryOut(context);
    },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An account that was disabled before the case stays so. */
const putBack = restoreStep({
  kind: 'enableAccount',
  operation: 'enable',
  restore: ({ connector, ref, call }, was) =>
    was.status === 'disabled' && was.disabledReason !== undefined
      ? connector.disable(ref, was.disabledReason, call)
      : connector.enable(ref, call),
  isBack: (after, was) => after.status === was.status && after.disabledReason === was.disabledReason,
});

const enable = accountStep({
  kind: 'enableAccount',
  operation: 'enable',
  perform: ({ connector, ref, call }) => connector.enable(ref, call),
  isProven: (after) => after.status === 'active',
});

/** As it was before; plainly open where the plan locked nothing itself. */
export const enableAccount: StepDefinition = {
  kind: 'enableAccount',
  async carryOut(context) {
    const isPlain = !putsBack(context);
    const effect = await (isPlain ? enable : putBack).carryOut(context);
    const was = isPlain ? undefined : (await evidenceOfUndone(context))?.before;
    if (effect.outcome === 'done') await markBack(context, was);
    return effect;
  },
};

export const restoreRole = restoreStep({
  kind: 'restoreRole',
  operation: 'setRole',
  restore: ({ connector, ref, call }, was) => connector.setRole(ref, was.role, call),
  isBack: (after, was) => after.role === was.role,
});

export const restoreOwnRules = restoreStep({
  kind: 'restoreOwnRules',
  operation: 'setOwnRules',
  restore: ({ connector, ref, call }, { forwards, rules }) =>
    connector.setOwnRules(ref, { forwards, rules }, call),
  isBack: (after, was) => same([after.forwards, after.rules], [was.forwards, was.rules]),
});

/** A reply of the person's own that was running comes back, one whose time is over does not. */
export const restoreAutoReply = restoreStep({
  kind: 'restoreAutoReply',
  operation: 'setAutoReply',
  restore: ({ connector, ref, call }, { autoReply }) =>
    autoReply === undefined
      ? connector.endAutoReply(ref, call)
      : connector.setAutoReply(ref, autoReply, call),
  isBack: (after, was) => same(after.autoReply, was.autoReply),
});

/** A redirect an administrator had set before comes back. */
export const restoreRedirect = restoreStep({
  kind: 'restoreRedirect',
  operation: 'setRedirect',
  restore: ({ connector, ref, call }, { redirect }) => connector.setRedirect(ref, redirect, call),
  isBack: (after, was) => same(after.redirect, was.redirect),
});

const settings = restoreStep({
  kind: 'restoreSettings',
  operation: 'setSettings',
  restore: ({ connector, ref, call }, { aliases, quotaBytes }) =>
    connector.setSettings(ref, { aliases, quotaBytes }, call),
  isBack: (after, was) =>
    same(after.aliases.toSorted(), was.aliases.toSorted()) && after.quotaBytes === was.quotaBytes,
});

/** Aliases and quota as the snapshot has them; and the person no longer leaves. */
export const restoreSettings: StepDefinition = {
  kind: 'restoreSettings',
  async carryOut(context) {
    const effect = await settings.carryOut(context);
    await markStaying(context, (await evidenceOfUndone(context))?.before);
    return effect;
  },
};
