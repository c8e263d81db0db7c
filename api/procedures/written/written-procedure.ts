/** A name and what is said of it. Both are text: whoever shows them escapes them. */
export type Fact = readonly [name: string, text: string];

export interface WrittenStep {
  readonly title: string;
  readonly does: string;
  readonly facts: readonly Fact[];
}

export interface WrittenPhase {
  readonly title: string;
  readonly intro: string;
  readonly steps: readonly WrittenStep[];
}

/** A procedure for people to read, before it becomes a document of one form or another. */
export interface WrittenProcedure {
  readonly title: string;
  readonly purpose: string;
  readonly facts: readonly Fact[];
  /** What the words of the steps mean, in sentences. */
  readonly reading: readonly string[];
  readonly phases: readonly WrittenPhase[];
  /** What happens when something fails, in sentences. */
  readonly failure: readonly string[];
  readonly numbers: readonly Fact[];
}
