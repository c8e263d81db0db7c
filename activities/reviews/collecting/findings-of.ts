import type { Person } from '../../../shared/domain/person.ts';
import { chooseReviewer } from '../../../shared/domain/reviews/choose-reviewer.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ReviewSubject } from '../../../shared/domain/reviews/review-rule.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { findingIdOf, findingKey } from '../../../shared/platform/reviews/review-ids.ts';
import type { ReviewPorts } from '../review-ports.ts';
import type { Judge, Judged } from './judge.ts';

/** What a page holds, without what was decided to be kept until a later day, and who is asked about each. */
export async function findingsOf(
  { repositories }: ReviewPorts,
  review: Review,
  subjects: readonly ReviewSubject[],
  judge: Judge,
): Promise<readonly Finding[]> {
  const found = subjects.flatMap((subject) =>
    judge(subject).map((judged) => ({ subject, finding: findingOf(review, subject, judged) })),
  );
  if (found.length === 0) return [];
  const { orgId, terms, startedAtMs: nowMs } = review;
  const kept = await repositories.findings.keptOf(
    orgId,
    found.map(({ finding }) => finding.key),
  );
  const asked = found.filter(({ finding }) => (kept.get(finding.key)?.untilMs ?? 0) <= nowMs);
  const here = await thoseHere(repositories.people, orgId, [
    ...asked.map(({ subject }) => subject.person?.managerId),
    terms.reviewers.personId,
    terms.reviewers.fallbackId,
  ]);
  return asked.map(({ subject, finding }) => {
    const reviewerId = chooseReviewer(terms.reviewers, subject.person, (id) => here.has(id));
    return { ...finding, ...(reviewerId === undefined ? {} : { reviewerId }) };
  });
}

function findingOf(review: Review, subject: ReviewSubject, judged: Judged): Finding {
  const { orgId, id: reviewId, startedAtMs: foundAtMs } = review;
  const { rule, found, threshold } = judged;
  const { value, evidence, about, account, proposes = rule.proposes } = found;
  const whom = {
    ...(subject.person === undefined ? {} : { personId: subject.person.id }),
    ...(account === undefined ? {} : { account }),
    ...(about === undefined ? {} : { about }),
  };
  const key = findingKey(orgId, { rule: rule.name, ...whom });
  return {
    ...{ id: findingIdOf(reviewId, key), orgId, rev: 0, reviewId, rule: rule.name, key, ...whom },
    ...{ value, evidence, proposes, foundAtMs, state: 'open', needsSecond: isAdministrator(subject) },
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/** By what we know of the person, or by what a target says: either is enough for two pairs of eyes. */
function isAdministrator({ person, accounts }: ReviewSubject): boolean {
  return person?.accountRole === 'administrator' || accounts.some(({ role }) => role === 'administrator');
}

interface GetMany {
  getMany(orgId: string, ids: readonly string[]): Promise<readonly Person[]>;
}

/** Who of them can be asked: somebody who is at work. */
export async function thoseHere(
  people: GetMany,
  orgId: string,
  ids: readonly (string | undefined)[],
): Promise<ReadonlySet<string>> {
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  const found = await people.getMany(orgId, known);
  return new Set(found.flatMap(({ id, status }) => (status === 'active' ? [id] : [])));
}
