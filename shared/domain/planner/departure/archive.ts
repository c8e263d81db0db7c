import { at, type StepDraft } from '../plan-step.ts';
import { keyOn, paramsOn, type DepartureDays, type PlannedTarget } from './departure-days.ts';
import { firstProofOn } from './lockout.ts';

export function archive({ procedure, dayAfter }: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  return [
    {
      key: keyOn(target, 'archive-mailbox'),
      kind: 'archiveMailbox',
      due: at(dayAfter(procedure.archiveDay)),
      dependsOn: [firstProofOn(target)],
      params: paramsOn(target),
    },
  ];
}
