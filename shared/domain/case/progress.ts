import type { StepStatus } from '../case-states.ts';
import type { Plan } from '../plan.ts';

/** Where one step stands. Plain JSON, carried through continue-as-new. */
export interface StepProgress {
  readonly status: StepStatus;
  readonly round: number;
  /** Its first try has ended, with whatever result: steps that follow it may start. */
  readonly tried: boolean;
  readonly startedAtMs?: number;
  readonly settledAtMs?: number;
  readonly errorCode?: string;
  readonly flagged?: boolean;
  readonly skipRequestedBy?: string;
  readonly skippedBy?: readonly string[];
  readonly approvedBy?: string;
  readonly attestedBy?: string;
  /** A destructive call of this step may have reached its target. */
  readonly called?: true;
  /** The `sequence` of the last change that can be seen from outside. Absent: none yet, or before there was this mark. */
  readonly changedAtSequence?: number;
}

/** The whole state of a case workflow. Changed by `reduce` only. Opaque ids and instants; no personal data. */
export interface CaseProgress {
  readonly plan: Plan;
  readonly steps: Readonly<Record<string, StepProgress>>;
  readonly requestedBy: string;
  readonly paused: boolean;
  readonly onLegalHold: boolean;
  readonly cancelled: boolean;
  /** Over the organisation's limit: nothing is carried out until a second person releases the case. */
  readonly guardHeld?: boolean;
  /** When somebody was told of it. */
  readonly guardNotice?: {
    readonly sinceMs: number;
    readonly lastNoticeAtMs: number;
    readonly notices: number;
  };
  /** The organisation is frozen: nothing is taken away or deleted. */
  readonly frozen?: boolean;
  /** On its way back: only the steps that undo are carried out. */
  readonly undoing?: boolean;
  readonly pointOfNoReturnAtMs?: number;
  readonly closedAtMs?: number;
  /** When the case turned red, and when somebody was last told. */
  readonly attention?: {
    readonly sinceMs: number;
    readonly lastNoticeAtMs?: number;
    readonly notices: number;
  };
  /** Since when a step waits for its approval, and when somebody was last asked. */
  readonly approval?: {
    readonly stepKey: string;
    readonly sinceMs: number;
    readonly lastNoticeAtMs?: number;
    readonly notices: number;
  };
  /** Since when checklist items wait for people, and when they were last reminded. */
  readonly checklist?: {
    readonly sinceMs: number;
    readonly lastNoticeAtMs?: number;
    readonly notices: number;
  };
  /** Counts every change: the number of the projection the database gets. */
  readonly sequence: number;
}
