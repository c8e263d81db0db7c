import { chooseReviewer } from '../../../shared/domain/reviews/choose-reviewer.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { everyPage } from '../../../shared/platform/persistence/every-page.ts';
import { thoseHere } from '../collecting/findings-of.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { unassigned, unreached } from './review-texts.ts';
import { mailReviewer, makeLinkVoid } from './reviewer-mail.ts';
import { reviewersOf } from './send-notice.ts';
import { tellOrganisation } from './tell-organisation.ts';

const PAGE = 200;

/**
 * Nobody who left goes on being asked: what they have not decided is given to whoever would be asked today, their link is void, and
 * the next one is told. Told before it is given: whoever is interrupted still finds what is left to give, and tells everybody. `false`:
 * no server took a mail, and that part waits.
 */
export async function replaceReviewers(ports: ReviewPorts, review: Review, nowMs: number): Promise<boolean> {
  const { people } = ports.repositories;
  let isOver = true;
  for await (const reviewerId of reviewersOf(ports, review)) {
    ports.heartbeat({});
    const here = await thoseHere(people, review.orgId, [reviewerId]);
    if (here.has(reviewerId)) continue;
    await makeLinkVoid(ports, review, reviewerId, nowMs);
    if (await tellHeirs(ports, review, reviewerId, nowMs)) await handOver(ports, review, reviewerId);
    else isOver = false;
  }
  return isOver;
}

/** An heir who cannot be written to is the organisation's matter, which is told. */
async function tellHeirs(
  ports: ReviewPorts,
  review: Review,
  reviewerId: string,
  nowMs: number,
): Promise<boolean> {
  const notice = `in-place-of:${reviewerId}`;
  let unsent = 0;
  for (const [heir, coming] of await countByHeir(ports, review, reviewerId)) {
    const isTaken =
      heir === undefined
        ? await tellOrganisation(ports, review, notice, unassigned(review, coming))
        : await mailReviewer(ports, review, { reviewerId: heir, notice, coming, nowMs });
    if (!isTaken) unsent += 1;
  }
  return unsent === 0 || tellOrganisation(ports, review, `unreached:${notice}`, unreached(review, unsent));
}

async function handOver(ports: ReviewPorts, review: Review, reviewerId: string): Promise<void> {
  for await (const { finding, heir } of inheritance(ports, review, reviewerId))
    // Somebody who decides it at this very moment is quicker, and nobody has to be asked any more.
    await ports.repositories.findings.update(finding, { reviewerId: heir });
}

async function countByHeir(
  ports: ReviewPorts,
  review: Review,
  reviewerId: string,
): Promise<ReadonlyMap<Inherited['heir'], number>> {
  const counts = new Map<Inherited['heir'], number>();
  for await (const { heir } of inheritance(ports, review, reviewerId))
    counts.set(heir, (counts.get(heir) ?? 0) + 1);
  return counts;
}

interface Inherited {
  readonly finding: Finding;
  /** Who is asked now; `undefined`: the organisation. */
  readonly heir: string | undefined;
}

/** What somebody has not decided, and who would be asked about it today. */
async function* inheritance(
  { repositories: { findings, people } }: ReviewPorts,
  { orgId, id, terms: { reviewers } }: Review,
  reviewerId: string,
): AsyncGenerator<Inherited> {
  const read = (range: { readonly after?: string; readonly limit: number }) =>
    findings.list(orgId, id, { reviewerId, state: 'open', ...range });
  for await (const page of everyPage(PAGE, read)) {
    const about = await people.getMany(orgId, [...new Set(page.flatMap(({ personId }) => personId ?? []))]);
    const persons = new Map(about.map((person) => [person.id, person]));
    const here = await thoseHere(people, orgId, [
      ...about.map(({ managerId }) => managerId),
      ...[reviewers.personId, reviewers.fallbackId],
    ]);
    for (const finding of page) {
      const person = finding.personId === undefined ? undefined : persons.get(finding.personId);
      yield { finding, heir: chooseReviewer(reviewers, person, (one) => here.has(one)) };
    }
  }
}
