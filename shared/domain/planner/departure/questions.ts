import type { DeletionItem } from '../../deletion.ts';
import { at, type StepDraft } from '../plan-step.ts';
import type { DepartureDays } from './departure-days.ts';

export function questionKey(item: DeletionItem): string {
  return `decide-${item}`;
}

/** What a deletion does not say is asked: the gate waits for an answer, or for somebody's word. */
export function questions({ asks, leaveAtMs }: DepartureDays): readonly StepDraft[] {
  return asks.map((item) => ({
    key: questionKey(item),
    kind: 'decideItem',
    due: at(leaveAtMs),
    manual: true,
    params: { item },
  }));
}
