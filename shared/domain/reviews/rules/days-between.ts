import { DAY_MS } from '../../planner/plan-step.ts';

/** Whole days that passed. */
export function daysBetween(fromMs: number, untilMs: number): number {
  return Math.floor((untilMs - fromMs) / DAY_MS);
}
