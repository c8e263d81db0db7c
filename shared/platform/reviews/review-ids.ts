import type { Finding } from '../../domain/reviews/finding.ts';
import { hashedSigns, inAlphabet, TIME_SIGNS } from '../hashed-signs.ts';

const HASHED_SIGNS = 16;
const ALL_SIGNS = TIME_SIGNS + HASHED_SIGNS;
const KEY_SIGNS = 32;

/** The id of the review that a run of a workflow holds: the same however often it is asked for. */
export function reviewIdOf(runId: string, startedAtMs: number): string {
  return `rvw_${inAlphabet(startedAtMs, TIME_SIGNS)}${hashedSigns(runId, HASHED_SIGNS)}`;
}

type About = Pick<Finding, 'rule' | 'personId' | 'account' | 'about'>;

/** The same for the same thing, whichever review finds it. Nothing of what it is about can be read in it. */
export function findingKey(orgId: string, { rule, personId, account, about }: About): string {
  const parts = [orgId, rule, personId, account?.target, account?.accountId, about];
  return hashedSigns(JSON.stringify(parts.map((part) => part ?? null)), KEY_SIGNS);
}

/** The same for the same key: a page that is looked at twice has its findings once. */
export function findingIdOf(reviewId: string, key: string): string {
  return `fnd_${hashedSigns(`${reviewId}.${key}`, ALL_SIGNS)}`;
}
