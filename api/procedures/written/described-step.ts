import type { Plan, PlannedStep } from '../../../shared/domain/plan.ts';

/**
 * Around the day that the days of a case count from; what follows a purge gate, where there is one; and what becomes of a suspicious
 * account, which goes another way than somebody on leave.
 */
export const PHASES = ['before', 'onTheDay', 'after', 'purge', 'suspicion', 'investigation'] as const;
export type Phase = (typeof PHASES)[number];

/** A step of a sample case; several of one kind that differ in nothing but their day are one. */
export interface DescribedStep {
  readonly phase: Phase;
  readonly step: PlannedStep;
  readonly plan: Plan;
  readonly when: string;
}
