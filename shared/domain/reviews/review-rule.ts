import type { CaseRecord } from '../case-record.ts';
import type { Transliteration } from '../naming/transliteration.ts';
import type { Organisation } from '../organisation.ts';
import type { AccountRef, Person } from '../person.ts';
import type { AccountTemplate } from '../template.ts';
import type { AccountFacts } from './account-facts.ts';
import type { DecisionKind } from './decision.ts';
import type { RuleName } from './rule-names.ts';

/** Somebody, or an account of nobody, as a review found them. */
export interface ReviewSubject {
  /** Absent: an account without a person. */
  readonly person?: Person;
  readonly accounts: readonly AccountFacts[];
  /** Accounts the person should have, of which the target knows nothing. */
  readonly missing: readonly AccountRef[];
  /** The template the person was given last, as it is now. */
  readonly template?: AccountTemplate;
  readonly openCase?: CaseRecord;
}

/** What somebody may set of a rule. */
export interface RuleSetting {
  readonly on: boolean;
  /** Days or per cent, as the rule says. */
  readonly threshold?: number;
  /** Of `administrator_misplaced`: where administrators belong. */
  readonly departments?: readonly string[];
  readonly templates?: readonly string[];
}

/** What a rule judges by, besides its subject. */
export interface RuleFacts {
  readonly nowMs: number;
  readonly organisation: Organisation;
  readonly transliteration: Transliteration;
  /** The one of the rule where nobody set another. */
  readonly threshold: number;
  readonly departments: readonly string[];
  readonly templates: readonly string[];
}

/** Plain JSON: what was seen, so that somebody can check it. Instants in ms end in `AtMs`. */
export type FindingEvidence = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** One thing a rule found of a subject. */
export interface Found {
  /** What was compared: days, per cent, a role, an address. */
  readonly value: number | string;
  /** Tells several findings of one rule and one account apart: an alias, where a redirect leads. */
  readonly about?: string;
  /** The account it is about; absent: the person as such. */
  readonly account?: AccountRef;
  readonly evidence: FindingEvidence;
  /** Where the rule proposes something else for this one. */
  readonly proposes?: DecisionKind;
}

/**
 * One thing a review looks for. Pure: the same subject at the same instant gives the same findings. Its document is made from these
 * very fields.
 */
export interface ReviewRule {
  readonly name: RuleName;
  readonly title: string;
  /** What is found and what is not, in sentences for administrators. */
  readonly description: string;
  /** A value on the threshold is found. Absent: there is nothing to compare with. */
  readonly threshold?: {
    readonly unit: 'days' | 'percent';
    readonly usual: number;
    readonly least: number;
    readonly most: number;
  };
  /** Whether `departments` and `templates` mean something to it. */
  readonly takesPlaces?: true;
  /** Whether it is looked for where a definition does not say. */
  readonly usuallyOn: boolean;
  readonly proposes: DecisionKind;
  /** What can be decided; `keep` and `attest` always can. */
  readonly allows: readonly DecisionKind[];
  /** Somebody who signs in again has answered it: a decision to disable is withdrawn. */
  readonly answeredBySignIn?: true;
  find(subject: ReviewSubject, facts: RuleFacts): readonly Found[];
  /** What was found, as a sentence without the name of the person. */
  explain(found: Pick<Found, 'value' | 'evidence'>, threshold: number | undefined): string;
}
