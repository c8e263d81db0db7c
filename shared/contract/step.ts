import type { ActivityKind } from '../domain/step-kinds.ts';

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

/** Type of the activity that carries out a chain. */
export const CARRY_OUT_CHAIN = 'carryOutChain';

type OwnOfStep = 'stepKey' | 'round' | 'dueAtMs' | 'params';

/** Several steps, one after the other: each begins once the one before it was tried, whatever came of it. */
export interface ChainInput extends Omit<StepInput, OwnOfStep> {
  readonly steps: readonly (Pick<StepInput, OwnOfStep> & { readonly kind: ActivityKind })[];
  /** Once this is over no further step begins: whoever calls the case back need not wait for all of them. */
  readonly goOnForMs: number;
}

/** How the first try of a step went. `final`: trying again cannot help. */
export type ChainedTry = { readonly stepKey: string; readonly kind: ActivityKind; readonly ms: number } & (
  StepResult | { readonly outcome: 'failed'; readonly code: string; readonly final: boolean }
);

/** The steps that were tried, in their order. The rest was not begun. */
export interface ChainResult {
  readonly tries: readonly ChainedTry[];
}

export type ChainActivity = (input: ChainInput) => Promise<ChainResult>;
