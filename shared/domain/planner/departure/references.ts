import { at, type StepDraft } from '../plan-step.ts';
import type { DepartureDays } from './departure-days.ts';
import { firstProofOn } from './lockout.ts';

/** What pointed at the leaver goes to others, once every target was asked to prove the lockout: nothing delays that. */
export function references({ leaveAtMs, targets }: DepartureDays): readonly StepDraft[] {
  const follows = targets.map(firstProofOn);
  return [{ key: 'reassign-references', kind: 'reassignReferences', due: at(leaveAtMs), follows }];
}
