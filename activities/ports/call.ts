/** Identifies a write: a target that keeps such keys applies it once. */
export interface Call {
  /** `effectId(caseId, stepKey, round)` */
  readonly effectKey: string;
  /** Case time of the call. */
  readonly asOfMs: number;
}

export type CallOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'already' }
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };
