export interface ProblemKind {
  readonly status: number;
  /** What is wrong, in our words; the same for every occurrence. */
  readonly sentence: string;
}
