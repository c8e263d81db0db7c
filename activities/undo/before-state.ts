import { stepOf } from '../../shared/domain/plan.ts';
import { effectId } from '../../shared/domain/ids.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/**
 * The evidence of the step that is undone, of its first round: later rounds found what the first had done already.
 * `undefined` where it never got as far as an intent.
 */
export async function evidenceOfUndone({
  ports,
  input,
  theCase,
}: StepContext): Promise<Evidence | undefined> {
  const undone = stepOf(theCase.plan, input.stepKey)?.undoes;
  if (undone === undefined) throw new StepFailed('CASE_OUTDATED');
  return ports.repositories.evidence.get(input.orgId, effectId(input.caseId, undone, 1));
}
