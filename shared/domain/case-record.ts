import type { CaseKind, CaseState, StepStatus } from './case-states.ts';
import type { DepartureRequest } from './departure.ts';
import type { LeaveRequest } from './leave.ts';
import type { OnboardingRequest } from './onboarding.ts';
import type { Plan } from './plan.ts';
import type { RoleChangeRequest } from './role-change.ts';

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

/** What was asked for, by the kind of the case. No part of it enters a workflow. */
export interface CaseRequests {
  readonly onboarding: OnboardingRequest;
  readonly role_change: RoleChangeRequest;
  readonly leave: LeaveRequest;
  readonly departure: DepartureRequest;
  /** A deletion goes the same way as a departure, at once and by a procedure of its own. */
  readonly deletion: DepartureRequest;
}
export type CaseRequest = CaseRequests[CaseKind];
/** Cases by which somebody goes. */
export type LeavingKind = 'departure' | 'deletion';

interface CommonOfCases {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly personId: string;
  /** The person's generation when the case was asked for. */
  readonly generation: number;
  /** Owner of the key that asked. */
  readonly requestedBy: string;
  readonly requestedAtMs: number;
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

/** A case as stored: what was asked, the plan, and the workflow's last projection. */
interface OneOfKind<Kind extends CaseKind> extends CommonOfCases {
  readonly kind: Kind;
  readonly request: CaseRequests[Kind];
}
/** A case of one of some kinds: its kind says what its request is. */
export type CaseOf<Kind extends CaseKind> = { readonly [One in Kind]: OneOfKind<One> }[Kind];
export type CaseRecord = CaseOf<CaseKind>;

/** A case without its steps, which are most of it. */
export type BriefCaseOf<Kind extends CaseKind> = {
  readonly [One in Kind]: Omit<OneOfKind<One>, 'steps' | 'plan'> & { readonly plan: Omit<Plan, 'steps'> };
}[Kind];
export type BriefCase = BriefCaseOf<CaseKind>;

/** Whether a case is of one of these kinds: the type of what was asked for follows. */
export function isOfKind<Kind extends CaseKind>(
  record: CaseRecord,
  ...kinds: readonly Kind[]
): record is Extract<CaseRecord, { readonly kind: Kind }> {
  return (kinds as readonly CaseKind[]).includes(record.kind);
}
