import type { AccountFacts } from '../account-facts.ts';
import type { AccountRef } from '../../person.ts';
import type { FindingEvidence, ReviewSubject } from '../review-rule.ts';

export function refOf({ target, accountId }: AccountFacts): AccountRef {
  return { target, accountId };
}

/** What was seen; what is not known is left out. */
export function seen(evidence: FindingEvidence): FindingEvidence {
  return Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined));
}

/** The open case a finding is part of, if there is one. */
export function byCase({ openCase }: ReviewSubject): FindingEvidence {
  return openCase === undefined ? {} : { caseId: openCase.id, caseKind: openCase.kind };
}

export const DAYS = { unit: 'days', least: 1, most: 3_650 } as const;

/** The end of a sentence about something that goes by days. */
export function fromDays(threshold: number | undefined): string {
  return `${threshold ?? 0} days or more are found.`;
}
