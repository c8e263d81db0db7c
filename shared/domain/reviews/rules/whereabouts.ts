import { isOfKind } from '../../case-record.ts';
import type { Person } from '../../person.ts';
import type { ReviewSubject } from '../review-rule.ts';

/** While such a case is open, nobody need use the account: somebody joins, is away, or leaves. */
export function isComingOrGoing({ openCase }: ReviewSubject): boolean {
  return openCase !== undefined && isOfKind(openCase, 'onboarding', 'leave', 'departure', 'deletion');
}

/** The person, if they are here and stay: somebody who ought to use their account. */
export function presentPerson(subject: ReviewSubject): Person | undefined {
  const { person } = subject;
  return person?.status === 'active' && !isComingOrGoing(subject) ? person : undefined;
}

/** The person, unless they are gone. */
export function remainingPerson({ person }: ReviewSubject): Person | undefined {
  return person?.status === 'departed' ? undefined : person;
}

/** Protected people are disabled by no procedure: somebody looks into it instead. */
export function unlessProtected({ protected: isProtected }: Person): { readonly proposes?: 'attest' } {
  return isProtected ? { proposes: 'attest' } : {};
}
