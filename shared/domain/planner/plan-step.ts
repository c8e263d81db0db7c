import type { Due, PlannedStep } from '../plan.ts';
import { STEP_TRAITS, type StepKind } from '../step-kinds.ts';

export const DAY_MS = 86_400_000;

/** What a procedure says of one step; the rest is the kind's. */
export interface StepDraft {
  readonly key: string;
  readonly kind: StepKind;
  readonly due: Due;
  readonly dependsOn?: readonly string[];
  readonly follows?: readonly string[];
  readonly reapplies?: readonly string[];
  readonly manual?: true;
  readonly undoes?: string;
  readonly ofUndo?: true;
  readonly params?: Readonly<Record<string, number | string>>;
}

export function planStep(draft: StepDraft): PlannedStep {
  return { ...STEP_TRAITS[draft.kind], dependsOn: [], follows: [], reapplies: [], params: {}, ...draft };
}

export function at(atMs: number): Due {
  return { kind: 'at', atMs };
}

export function after(stepKey: string, offsetMs: number): Due {
  return { kind: 'after', stepKey, offsetMs };
}

/** Whenever somebody says so. */
export const WHEN_ASKED: Due = { kind: 'asked' };

/** Without the kinds a procedure does not have; what counted on them counts on the rest. */
export function leaveOut(drafts: readonly StepDraft[], kinds: readonly StepKind[]): readonly StepDraft[] {
  return drafts.filter((draft) => !kinds.includes(draft.kind));
}

/** Lets each step start once the one before it was tried, whatever came of it. */
export function inOrder(drafts: readonly StepDraft[]): readonly StepDraft[] {
  return drafts.map((draft, index) => {
    const previous = drafts[index - 1];
    return previous === undefined ? draft : { ...draft, follows: [...(draft.follows ?? []), previous.key] };
  });
}
