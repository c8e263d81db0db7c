import type { CaseState, StepStatus } from '../../domain/case-states.ts';

/*
 * A departure as the API shows it: the members that our own programs read.
 */

export interface ShownInstant {
  /** RFC 3339. */
  readonly utc: string;
  /** `2027-03-31T17:30+02:00`, in the zone of the plan. */
  readonly local: string;
}

export interface ShownStep {
  readonly key: string;
  readonly kind: string;
  readonly status: StepStatus;
  readonly dueAt?: ShownInstant;
  readonly settledAt?: string;
  readonly needsApproval: boolean;
  readonly error?: { readonly code: string; readonly sentence: string };
  readonly rounds: readonly {
    readonly proof?: Readonly<Record<string, unknown>>;
    readonly attempts: readonly { readonly startedAt: string; readonly endedAt?: string }[];
  }[];
}

/** An item of a list. */
export interface ShownCase {
  readonly id: string;
  readonly personId: string;
  readonly state: CaseState;
  readonly needsAttention: boolean;
  readonly leaveAt: ShownInstant;
  readonly dueAt?: ShownInstant;
  readonly closedAt?: string;
}

export interface ShownDeparture extends ShownCase {
  readonly plan: { readonly timeZone: string };
  readonly steps: readonly ShownStep[];
}
