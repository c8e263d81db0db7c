import { stepOf } from '../../shared/domain/plan.ts';
import { effectId } from '../../shared/domain/ids.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** The step whose before-state is put back: the one that is undone, or the one of the same plan that a leave ends with. */
function undoneBy({ theCase, input }: StepContext): string | undefined {
  const { restores } = input.params;
  return (
    stepOf(theCase.plan, input.stepKey)?.undoes ?? (restores === undefined ? undefined : String(restores))
  );
}

export function putsBack(context: StepContext): boolean {
  return undoneBy(context) !== undefined;
}

/**
 * The evidence of the step that is undone, of its first round: later rounds found what the first had done already.
 * `undefined` where it never got as far as an intent.
 */
export async function evidenceOfUndone(context: StepContext): Promise<Evidence | undefined> {
  const { ports, input } = context;
  const undone = undoneBy(context);
  if (undone === undefined) throw new StepFailed('CASE_OUTDATED');
  return ports.repositories.evidence.get(input.orgId, effectId(input.caseId, undone, 1));
}
