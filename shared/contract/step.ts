/**
 * What every step activity takes and gives, whatever its kind, so that a new kind changes neither workflow code nor the
 * shape of a history. No personal data: activities load what they need by id.
 */
export interface StepInput {
  readonly orgId: string;
  readonly caseId: string;
  readonly stepKey: string;
  /** 1 at first; counts up when a step is carried out again (a gate reopened, a lock applied again). */
  readonly round: number;
  readonly planVersion: number;
  readonly dueAtMs: number;
  /** The workflow's clock: all business comparisons use it. */
  readonly asOfMs: number;
  readonly params: Readonly<Record<string, number | string>>;
}

export interface StepResult {
  readonly outcome: 'done' | 'not_applicable';
  readonly evidenceId: string;
}

export type StepActivity = (input: StepInput) => Promise<StepResult>;

/** First detail of the failure of a destructive step: whether its call may have reached the target. */
export interface DestructiveFailureDetail {
  readonly called: boolean;
}
