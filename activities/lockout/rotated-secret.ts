import type { Plan } from '../../shared/domain/plan.ts';
import { targetParam } from '../steps/target-param.ts';

/**
 * Where the vault keeps the secret a departure rotated in: one for each target of a case, so that a proof months later finds
 * it. `target`: as the step names it, absent for the first.
 */
export function rotatedSecretKey(caseId: string, target?: string): string {
  return target === undefined ? `rotated:${caseId}` : `rotated:${caseId}:${target}`;
}

/** Of every target a plan has steps on. */
export function rotatedSecretKeys(caseId: string, plan: Plan): readonly string[] {
  const targets = new Set([undefined, ...plan.steps.map((step) => targetParam(step))]);
  return [...targets].map((target) => rotatedSecretKey(caseId, target));
}
