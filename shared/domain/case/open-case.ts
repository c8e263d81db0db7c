import type { Plan } from '../plan.ts';
import type { CaseProgress, StepProgress } from './progress.ts';

export const FRESH_STEP: StepProgress = { status: 'waiting', round: 1, tried: false };

/** The state of a case before anything happened. */
export function openCase(input: {
  readonly plan: Plan;
  readonly requestedBy: string;
  readonly onLegalHold: boolean;
  readonly guardHeld?: boolean;
}): CaseProgress {
  return {
    plan: input.plan,
    steps: freshSteps(input.plan, {}),
    requestedBy: input.requestedBy,
    paused: false,
    onLegalHold: input.onLegalHold,
    cancelled: false,
    ...(input.guardHeld === true ? { guardHeld: true } : {}),
    sequence: 1,
  };
}

/** One entry per planned step; what is known of a step already stays. */
export function freshSteps(
  plan: Plan,
  known: Readonly<Record<string, StepProgress>>,
): Readonly<Record<string, StepProgress>> {
  return Object.fromEntries(plan.steps.map((step) => [step.key, known[step.key] ?? FRESH_STEP]));
}

export function progressOf(progress: CaseProgress, key: string): StepProgress {
  const step = progress.steps[key];
  if (step === undefined) throw new Error(`the case has no step ${key}`);
  return step;
}
