import type { StepKind, StepTraits } from './step-kinds.ts';

/**
 * When a step is due: at an instant, a fixed time after another step was settled (the grace starts at the gate), or whenever
 * somebody asks for it: the case waits without a timer, and reminds nobody.
 */
export type Due =
  | { readonly kind: 'at'; readonly atMs: number }
  | { readonly kind: 'after'; readonly stepKey: string; readonly offsetMs: number }
  | { readonly kind: 'asked' };

/** One step of a frozen plan. Plain JSON: it travels in the case's input and in `reschedule`. No personal data. */
export interface PlannedStep extends StepTraits {
  /** Unique within the case and stable over its plan versions, e.g. `prove-day-7`. */
  readonly key: string;
  readonly kind: StepKind;
  readonly due: Due;
  /** Steps that must be settled well (`done`, `attested`, `not_applicable`, `skipped`) before this one starts. */
  readonly dependsOn: readonly string[];
  /** Steps that must have been tried once, with whatever result: an order without waiting for success. */
  readonly follows: readonly string[];
  /** For a proof: the steps that are carried out again when somebody retries it after a drift. */
  readonly reapplies: readonly string[];
  /** The target cannot do it: a person does, and attests it (`completeChecklistItem`). */
  readonly manual?: true;
  /** Puts back what this step changed. Only these steps are carried out once a case is being undone. */
  readonly undoes?: string;
  /** Belongs to the undoing of a case without putting back one step: the setup link at its end. */
  readonly ofUndo?: true;
  /** Small numbers and opaque words an activity needs (`untilMs`, `daysBefore`); never texts, names, addresses. */
  readonly params: Readonly<Record<string, number | string>>;
}

/** The ordered steps of a case with their instants. Made by a planner, never inside a workflow. */
export interface Plan {
  readonly version: number;
  /** The procedure the plan was made from, e.g. `departure@1`. */
  readonly procedure: string;
  readonly timeZone: string;
  /** The instant the account is due to be locked. */
  readonly leaveAtMs: number;
  readonly steps: readonly PlannedStep[];
}

/** Belongs to the way back. */
export function isOfUndo(step: PlannedStep): boolean {
  return step.undoes !== undefined || step.ofUndo === true;
}

/** The gate that guards the deletion: approved, and never skipped. Other approvals let something else pass. */
export function isPurgeGate(step: PlannedStep): boolean {
  return step.needsApproval && step.unskippable;
}

export function stepOf(plan: Plan, key: string): PlannedStep | undefined {
  return plan.steps.find((step) => step.key === key);
}
