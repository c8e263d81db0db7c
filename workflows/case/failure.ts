import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { DestructiveFailureDetail } from '../../shared/contract/step.ts';

export interface StepFailure {
  readonly code: string;
  /** Trying again cannot help. */
  readonly final: boolean;
  /** A destructive call may have reached its target. Unknown counts as yes. */
  readonly called: boolean;
}

/** Reads what an activity reported out of the layers Temporal wraps it in. */
export function stepFailureOf(error: unknown): StepFailure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const detail = cause.details?.[0] as Partial<DestructiveFailureDetail> | undefined;
    return {
      code: cause.type ?? 'UNEXPECTED',
      final: cause.nonRetryable === true,
      called: detail?.called ?? true,
    };
  }
  return {
    code: cause instanceof TimeoutFailure ? 'STEP_TIMED_OUT' : 'UNEXPECTED',
    final: false,
    called: true,
  };
}
