import type { AccountSnapshot } from './account-snapshot.ts';
import type { StepKind } from './step-kinds.ts';

/** How one call or one attempt of a step went. Codes only: texts of vendors may hold personal data. */
export interface StepAttempt {
  readonly attempt: number;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly errorCode?: string;
}

/**
 * What proves a step: one document per step and round, written as an intent before the first call and completed after
 * the read-back. Survives the deletion of the account. Personal data is allowed here and nowhere else but the targets.
 */
export interface Evidence {
  /** `effectId(caseId, stepKey, round)` */
  readonly id: string;
  readonly orgId: string;
  readonly caseId: string;
  readonly personId: string;
  readonly stepKey: string;
  readonly round: number;
  readonly kind: StepKind;
  /** The target it was carried out on; absent for steps that touch none. */
  readonly target?: string;
  readonly status: 'intended' | 'done' | 'attested' | 'not_applicable' | 'failed';
  /** The state read before the first call; the basis of an undo. Absent for steps that touch no target. */
  readonly before?: AccountSnapshot;
  /** The state read back after the call, over another connection. */
  readonly after?: AccountSnapshot;
  /**
   * What a step proved besides: time to lockout, archive hash, message id of a mail, … Before that, what it is about to change of
   * the person.
   */
  readonly proof?: Readonly<Record<string, unknown>>;
  readonly attempts: readonly StepAttempt[];
  readonly errorCode?: string;
  /** When a destructive call may have reached the target for the first time. */
  readonly calledAtMs?: number;
  /** Case time at which the step was proven. */
  readonly occurredAtMs?: number;
  /** Wall clock of the last write. */
  readonly recordedAtMs: number;
}
