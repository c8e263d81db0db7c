import type { StepKind } from '../../step-kinds.ts';

/** A kind of step in the words of a written procedure. Sentences, without names of people or targets. */
export interface StepDescription {
  readonly title: string;
  /** What happens, and what for. */
  readonly does: string;
  /** What has to be seen before the step counts as done. */
  readonly proof: string;
  /** Absent: it is part of every case. */
  readonly onlyIf?: string;
  /** Where a case may have another day than the procedure says. */
  readonly varies?: string;
  /** In place of its instant, where that follows from what a case asks for. */
  readonly when?: string;
}

/** Some of them, by kind. */
export type StepDescriptions = Readonly<Partial<Record<StepKind, StepDescription>>>;
