import type { Plan, PlannedStep } from '../plan.ts';
import { UNDONE_BY } from '../step-kinds.ts';
import { at, inOrder, planStep, type StepDraft } from './plan-step.ts';

export interface UndoPlanInput {
  readonly plan: Plan;
  /** Whatever was tried, with whatever result. */
  readonly startedKeys: ReadonlySet<string>;
  /** The instant of planning. */
  readonly nowMs: number;
}

/**
 * The way back of a case: what was started stays where it is, the rest of the plan is left, and everything that can be put
 * back is put back, newest first. No step waits for the success of another: an account is rather half restored than not. Only the removal
 * of an account does, for whatever is still put back on it.
 */
export function planUndo({ plan, startedKeys, nowMs }: UndoPlanInput): Plan {
  const started = plan.steps.filter((step) => startedKeys.has(step.key));
  const back = started.toReversed().flatMap((step) => undoing(step, nowMs));
  const ordered = inOrder(back).map((draft) => removalLast(draft, back));
  const steps = [...ordered, ...setupLink(plan, back, nowMs)].map(planStep);
  return { ...plan, version: plan.version + 1, steps: [...started, ...steps] };
}

/** Nothing can be put back on an account that is gone. */
function removalLast(draft: StepDraft, back: readonly StepDraft[]): StepDraft {
  if (draft.kind !== 'removeCreatedAccount') return draft;
  const before = back.slice(
    0,
    back.findIndex(({ key }) => key === draft.key),
  );
  const onIt = before.filter(({ params }) => params?.['target'] === draft.params?.['target']);
  return { ...draft, dependsOn: onIt.map(({ key }) => key) };
}

/**
 * Whoever is back cannot sign in yet, unless the case leaves the password alone. Given at the very end: a link to an account
 * that is not open would help nobody.
 */
function setupLink(plan: Plan, back: readonly StepDraft[], nowMs: number): readonly StepDraft[] {
  const passwordStays = plan.steps.every(({ kind }) => kind !== 'rotatePassword');
  if (back.length === 0 || passwordStays) return [];
  const dependsOn = back.map(({ key }) => key);
  return [{ key: 'give-setup-link', kind: 'giveSetupLink', due: at(nowMs), dependsOn, ofUndo: true }];
}

function undoing(step: PlannedStep, nowMs: number): readonly StepDraft[] {
  const kind = UNDONE_BY[step.kind];
  if (kind === undefined || step.manual === true) return [];
  const { target } = step.params;
  return [
    {
      key: `undo-${step.key}`,
      kind,
      due: at(nowMs),
      undoes: step.key,
      params: target === undefined ? {} : { target },
    },
  ];
}
