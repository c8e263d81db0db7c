import type { DescribedStep, Phase } from '../described-step.ts';
import type { Fact } from '../written-procedure.ts';
import type { CaseWords } from './case-words.ts';

/** What is written of the procedures of one kind of case beside their steps. */
export interface ProcedureWords<Template extends object = object> extends CaseWords {
  readonly title: string;
  readonly purpose: string;
  /** `departures`: what is planned by it. */
  readonly cases: string;
  /** Those that cases of the kind have. */
  phases(
    template: Template,
  ): Readonly<Partial<Record<Phase, { readonly title: string; readonly intro: string }>>>;
  /** What the words of the steps mean, in sentences. */
  readonly reading: readonly string[];
  /** What happens when something fails, or does not go its usual way, in sentences. */
  failure(steps: readonly DescribedStep[]): readonly string[];
  /** Everything a template says. */
  numbers(template: Template): readonly Fact[];
}
