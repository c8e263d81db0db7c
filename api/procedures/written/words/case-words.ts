import type { Plan, PlannedStep } from '../../../../shared/domain/plan.ts';
import type {
  StepDescription,
  StepDescriptions,
} from '../../../../shared/domain/procedure/descriptions/step-description.ts';
import { STEP_DESCRIPTIONS } from '../../../../shared/domain/procedure/step-descriptions.ts';
import type { StepKind } from '../../../../shared/domain/step-kinds.ts';

/** What days count from, and its instant: `last day`, `leave time`. */
export interface DayWords {
  readonly day: string;
  readonly instant: string;
}

/** How the steps of one kind of case are spoken of. */
export interface CaseWords extends DayWords {
  /** Where a step counts from another day than the others. */
  otherDayOf?(step: PlannedStep, plan: Plan): (DayWords & { readonly atMs: number }) | undefined;
  /** In place of the usual description, which speaks of departures. */
  readonly steps?: StepDescriptions;
}

export function descriptionOf(kind: StepKind, { steps }: CaseWords): StepDescription {
  return steps?.[kind] ?? STEP_DESCRIPTIONS[kind];
}
