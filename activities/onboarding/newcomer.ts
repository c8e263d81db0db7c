import { isOfKind, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { StepStatus } from '../../shared/domain/case-states.ts';
import type { OnboardingRequest } from '../../shared/domain/onboarding.ts';
import type { AccountRef } from '../../shared/domain/person.ts';
import type { Operation } from '../ports/target-connector.ts';
import { notApplicable, onAccount } from '../steps/account-step.ts';
import type { AccountContext, StepContext, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { targetParam } from '../steps/target-param.ts';

/** What was asked for, of a case by which somebody comes. */
export function onboardingOf(theCase: CaseRecord): OnboardingRequest {
  if (!isOfKind(theCase, 'onboarding')) throw new StepFailed('CASE_OUTDATED');
  return theCase.request;
}

/** Runs a step on an account the case was to make; where somebody left the making out, there is nothing to do. */
export async function onMadeAccount(
  context: StepContext,
  operation: Operation,
  run: (account: AccountContext) => Promise<StepEffect>,
): Promise<StepEffect> {
  const { theCase, input } = context;
  if (isLeftOut(theCase, targetParam(input))) return notApplicable(context, 'not_made');
  return onAccount(context, operation, run);
}

/** The accounts of the person without those whose making somebody left out. */
export function madeAccounts(theCase: CaseRecord, accounts: readonly AccountRef[]): readonly AccountRef[] {
  return accounts.filter(({ target }, index) => !isLeftOut(theCase, index === 0 ? undefined : target));
}

/** Somebody left it out, or the target makes no accounts. */
const NOT_MADE: readonly StepStatus[] = ['skipped', 'not_applicable'];

/** `target`: as the step names it, absent for the first. */
function isLeftOut({ plan, steps }: CaseRecord, target: string | undefined): boolean {
  const making = plan.steps.find((step) => step.kind === 'createAccount' && targetParam(step) === target);
  return steps.some(({ key, status }) => key === making?.key && NOT_MADE.includes(status));
}
