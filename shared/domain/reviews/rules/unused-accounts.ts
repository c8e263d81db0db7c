import type { Person } from '../../person.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { Found, FindingEvidence, ReviewSubject, RuleFacts } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { refOf } from './found-words.ts';
import { presentPerson, unlessProtected } from './whereabouts.ts';

/** Since when an account is not used, and what says so. */
interface Unused {
  readonly sinceMs: number;
  readonly evidence: FindingEvidence;
}

/** Open accounts of somebody who is here and stays that are not used for as long as the threshold says, by what a rule calls unused. */
export function unusedAccounts(
  subject: ReviewSubject,
  { nowMs, threshold }: Pick<RuleFacts, 'nowMs' | 'threshold'>,
  unused: (account: AccountFacts, person: Person) => Unused | undefined,
): readonly Found[] {
  const person = presentPerson(subject);
  if (person === undefined) return [];
  return subject.accounts.flatMap((account) => {
    const since = account.service || account.status !== 'active' ? undefined : unused(account, person);
    if (since === undefined) return [];
    const value = daysBetween(since.sinceMs, nowMs);
    if (value < threshold) return [];
    return [{ value, account: refOf(account), evidence: since.evidence, ...unlessProtected(person) }];
  });
}
