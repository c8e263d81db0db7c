import type { StepInput } from '../../shared/contract/step.ts';

/** The target a step names; absent for the steps of the person's first account. */
export function targetParam({ params }: Pick<StepInput, 'params'>): string | undefined {
  const { target } = params;
  return typeof target === 'string' ? target : undefined;
}
