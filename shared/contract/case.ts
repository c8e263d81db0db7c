import type { CaseKind, CaseState } from '../domain/case-states.ts';
import type { Patience } from '../domain/step-kinds.ts';
import type { Plan } from '../domain/plan.ts';
import type { CaseProgress } from '../domain/case/progress.ts';

/** How long a step is tried. Milliseconds. */
export interface RetryNumbers {
  readonly attemptTimeoutMs: number;
  /** Only for steps that report progress. */
  readonly heartbeatTimeoutMs?: number;
  readonly firstRetryMs: number;
  readonly retryFactor: number;
  readonly longestRetryMs: number;
  /** After this the step is `failed` and the case `needs_attention`. */
  readonly giveUpAfterMs: number;
  /** Still red after this: flagged, while it goes on being retried. */
  readonly flagAfterMs?: number;
}

/** The numbers a case lives by, frozen at its start: a replay next year sees the values of today. */
export interface CasePolicy {
  readonly retries: Readonly<Record<Patience, RetryNumbers>>;
  readonly attentionReminderMs: number;
  readonly approvalReminderMs: number;
  readonly approvalEscalationMs: number;
  /** Continue as new beyond this many events. */
  readonly maxHistoryEvents: number;
}

/** Input of every case workflow. Opaque ids, instants and numbers only. */
export interface CaseInput {
  readonly kind: CaseKind;
  readonly orgId: string;
  readonly caseId: string;
  readonly personId: string;
  readonly requestedBy: string;
  readonly plan: Plan;
  readonly policy: CasePolicy;
  readonly onLegalHold: boolean;
  /** Over the organisation's limit when it was asked for. */
  readonly guardHeld?: boolean;
  /**
   * Writes fewer events: what happens at one instant is projected once, and a timer that rings a moment early stays. Absent
   * in the histories of the first version, which must be replayed as they were written.
   */
  readonly sparing?: true;
  /** Steps that follow each other at one instant are carried out by one activity. Absent in older histories. */
  readonly chained?: true;
  /** Set by continue-as-new. */
  readonly progress?: CaseProgress;
}

export interface CaseResult {
  readonly state: CaseState;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

export const DEFAULT_CASE_POLICY: CasePolicy = {
  retries: {
    dayZero: {
      attemptTimeoutMs: 20 * second,
      firstRetryMs: 5 * second,
      retryFactor: 5,
      longestRetryMs: 10 * minute,
      giveUpAfterMs: 48 * hour,
      flagAfterMs: 15 * minute,
    },
    ordinary: {
      attemptTimeoutMs: 30 * second,
      firstRetryMs: 10 * second,
      retryFactor: 4,
      longestRetryMs: hour,
      giveUpAfterMs: 24 * hour,
    },
    long: {
      attemptTimeoutMs: 2 * hour,
      heartbeatTimeoutMs: minute,
      firstRetryMs: 30 * second,
      retryFactor: 4,
      longestRetryMs: hour,
      giveUpAfterMs: 24 * hour,
    },
  },
  attentionReminderMs: 24 * hour,
  approvalReminderMs: 24 * hour,
  approvalEscalationMs: 72 * hour,
  maxHistoryEvents: 8_000,
};
