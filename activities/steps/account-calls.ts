import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { AccountSnapshot, Call, CallOutcome, Operation } from '../ports/target-connector.ts';
import { intendChange, onAccount, readAccount } from './account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from './step-definition.ts';
import { StepFailed } from './step-failure.ts';

/** One of the calls of a step that makes several. */
export interface AccountCall {
  readonly operation: Operation;
  readonly perform: (context: AccountContext) => Promise<CallOutcome>;
  readonly isProven: (after: AccountSnapshot) => boolean;
  /** How many there were before, for the proof. */
  readonly count: (before: AccountSnapshot) => number;
}

/**
 * A step that changes several properties of an account, one call after the other. Each is read back before the next. What
 * the target does not have is left out; a step with nothing left is not applicable.
 */
export function accountCallsStep(kind: StepKind, calls: readonly AccountCall[]): StepDefinition {
  const operations = calls.map(({ operation }) => operation);
  return {
    kind,
    carryOut: (context) =>
      onAccount(context, operations, async (account) =>
        makeCalls(account, await intendChange(account), calls),
      ),
  };
}

async function makeCalls(
  context: AccountContext,
  before: AccountSnapshot,
  calls: readonly AccountCall[],
): Promise<StepEffect> {
  const { connector } = context;
  const proof: Record<string, unknown> = {};
  let after = before;
  for (const { operation, perform, isProven, count } of calls) {
    if (connector.capabilities[operation] === 'no') {
      proof[operation] = { answer: 'no_such_operation' };
      continue;
    }
    const outcome = await perform({ ...context, call: callOf(context, operation) });
    if (outcome.kind === 'refused') throw new StepFailed('TARGET_REFUSED');
    if (outcome.kind === 'unsupported') {
      proof[operation] = { answer: 'unsupported', reason: outcome.reason };
      continue;
    }
    after = await readAccount(context);
    if (!isProven(after)) throw new StepFailed('READ_BACK_MISMATCH');
    proof[operation] = { answer: outcome.kind, before: count(before) };
  }
  const answers = Object.values(proof) as readonly { readonly answer: string }[];
  const isDone = answers.some(({ answer }) => answer === 'changed' || answer === 'already');
  return isDone ? { outcome: 'done', after, proof } : { outcome: 'not_applicable', proof };
}

/** A key for each call: a target that keeps such keys must not take the second call for a repetition of the first. */
function callOf({ call }: AccountContext, operation: Operation): Call {
  return { ...call, effectKey: `${call.effectKey}:${operation}` };
}
