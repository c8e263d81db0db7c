import type { CaseKind, CaseState, StepStatus } from './case-states.ts';
import type { DepartureRequest } from './departure.ts';
import type { Plan } from './plan.ts';

/** A step as the case list shows it: written by the workflow after each change. */
export interface StepView {
  readonly key: string;
  readonly status: StepStatus;
  readonly round: number;
  /** Resolved instant; absent while the step it counts from is not settled. */
  readonly dueAtMs?: number;
  readonly settledAtMs?: number;
  /** Waits for nobody: Gangway carries it out by itself when it is due. Absent once it is settled. */
  readonly automatic?: true;
  readonly errorCode?: string;
  readonly skippedBy?: readonly string[];
  readonly skipRequestedBy?: string;
  readonly approvedBy?: string;
  readonly attestedBy?: string;
  /** The `sequence` of the last change that can be seen here; absent while nothing of the step has changed. */
  readonly changedAtSequence?: number;
}

/** What the workflow tells the database about itself. Later numbers win: an older projection never overwrites a newer one. */
export interface CaseProjection {
  readonly sequence: number;
  readonly state: CaseState;
  readonly needsAttention: boolean;
  /** On its way back. */
  readonly undoing?: boolean;
  /** Nothing is taken away or deleted while the organisation is frozen. */
  readonly frozen?: boolean;
  readonly dueAtMs?: number;
  /** When the first of its automatic steps is due, or was; absent while the whole case waits for somebody. */
  readonly automaticDueAtMs?: number;
  readonly plan: Plan;
  readonly steps: readonly StepView[];
  readonly pointOfNoReturnAtMs?: number;
  readonly closedAtMs?: number;
}

/** A case as stored: what was asked, the plan, and the workflow's last projection. */
export interface CaseRecord {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly kind: CaseKind;
  readonly personId: string;
  /** The person's generation when the case was asked for. */
  readonly generation: number;
  /** Owner of the key that asked. */
  readonly requestedBy: string;
  readonly requestedAtMs: number;
  readonly request: DepartureRequest;
  /** `requested`: written, not yet known to Temporal (the reconciler starts it); `started`: a workflow exists. */
  readonly engine: 'requested' | 'started';
  readonly workflowId: string;
  readonly state: CaseState;
  readonly needsAttention: boolean;
  /** Held by the blast-radius guard when it was asked for. */
  readonly guardHeld?: boolean;
  readonly undoing?: boolean;
  readonly frozen?: boolean;
  readonly dueAtMs?: number;
  readonly automaticDueAtMs?: number;
  readonly plan: Plan;
  readonly steps: readonly StepView[];
  /** Of the last projection; 0 before the first. */
  readonly sequence: number;
  readonly pointOfNoReturnAtMs?: number;
  readonly closedAtMs?: number;
}

/** A case without its steps, which are most of it. */
export type BriefCase = Omit<CaseRecord, 'steps' | 'plan'> & { readonly plan: Omit<Plan, 'steps'> };
