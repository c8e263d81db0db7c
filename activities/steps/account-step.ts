import type { AccountRef } from '../../shared/domain/person.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { AccountSnapshot, CallOutcome, Operation } from '../ports/target-connector.ts';
import type { AccountContext, StepContext, StepDefinition, StepEffect } from './step-definition.ts';
import { StepFailed } from './step-failure.ts';
import { targetParam } from './target-param.ts';

/** A step that changes one property of an account. */
export interface AccountStep {
  readonly kind: StepKind;
  readonly operation: Operation;
  perform(context: AccountContext): Promise<CallOutcome>;
  /** Whether the state read back shows the effect. */
  isProven(
    after: AccountSnapshot,
    before: AccountSnapshot,
    context: AccountContext,
    outcome: CallOutcome,
  ): boolean;
}

export function accountStep(step: AccountStep): StepDefinition {
  return {
    kind: step.kind,
    carryOut: (context) => onAccount(context, step.operation, (account) => changeAccount(account, step)),
  };
}

/** Runs a step on the person's account; a person without one, or a target without any of the operations, has nothing to do. */
export async function onAccount(
  context: StepContext,
  operations: Operation | readonly Operation[],
  run: (account: AccountContext) => Promise<StepEffect>,
): Promise<StepEffect> {
  const ref = accountOn(context);
  if (ref === undefined) return notApplicable(context, 'no_account');
  if (context.person.protected) throw new StepFailed('PERSON_PROTECTED');
  const connector = context.ports.connectors[ref.target]?.(context.input.orgId);
  if (connector === undefined) throw new StepFailed('TARGET_REFUSED');
  if ([operations].flat().every((operation) => connector.capabilities[operation] === 'no'))
    return notApplicable(context, 'no_such_operation');
  const intend: StepContext['intend'] = (before) => context.intend(before, ref.target);
  return run({ ...context, intend, ref, connector });
}

/** The account a step is for: the one on the target it names, or the person's first. */
function accountOn({ person, input }: StepContext): AccountRef | undefined {
  const target = targetParam(input);
  return target === undefined
    ? person.accounts[0]
    : person.accounts.find((account) => account.target === target);
}

export async function notApplicable(context: StepContext, reason: string): Promise<StepEffect> {
  await context.intend();
  return { outcome: 'not_applicable', proof: { reason } };
}

/** The account as it stands now, or `StepFailed` where there is none. */
export async function readAccount(context: AccountContext): Promise<AccountSnapshot> {
  const snapshot = await context.connector.read(context.ref);
  if (snapshot === undefined) throw new StepFailed('ACCOUNT_MISSING');
  return snapshot;
}

/** The intent with the state before the first attempt of this round. */
export async function intendChange(context: AccountContext): Promise<AccountSnapshot> {
  const current = await readAccount(context);
  const intent = await context.intend(current);
  return intent.before ?? current;
}

async function changeAccount(context: AccountContext, step: AccountStep): Promise<StepEffect> {
  const before = await intendChange(context);
  const outcome = await step.perform(context);
  if (outcome.kind === 'refused') throw new StepFailed('TARGET_REFUSED');
  if (outcome.kind === 'unsupported') return { outcome: 'not_applicable', proof: { reason: outcome.reason } };
  const after = await readAccount(context);
  if (!step.isProven(after, before, context, outcome)) throw new StepFailed('READ_BACK_MISMATCH');
  return { outcome: 'done', after, proof: { answer: outcome.kind } };
}
