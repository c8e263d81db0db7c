import type { Person } from '../person.ts';
import type { Reviewers } from './review-definition.ts';

/**
 * Who is asked about somebody, or about an account of nobody: their manager or the person who is named, else the fallback. Never the
 * one it is about, and nobody who is not here. `undefined`: the organisation.
 */
export function chooseReviewer(
  reviewers: Reviewers,
  person: Pick<Person, 'id' | 'managerId'> | undefined,
  isHere: (id: string) => boolean,
): string | undefined {
  const first = reviewers.kind === 'managers' ? person?.managerId : reviewers.personId;
  return [first, reviewers.fallbackId].find((id) => id !== undefined && id !== person?.id && isHere(id));
}
