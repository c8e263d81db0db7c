import { chooseReviewer } from '../../../shared/domain/reviews/choose-reviewer.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { everyPage } from '../../../shared/platform/persistence/every-page.ts';
import { thoseHere } from '../collecting/findings-of.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { mailReviewer, makeLinkVoid } from './reviewer-mail.ts';
import { reviewersOf } from './send-notice.ts';

const PAGE = 200;

/**
 * Nobody who left goes on being asked: what they have not decided is given to whoever would be asked today, their link is void, and
 * the next one is told.
 */
export async function replaceReviewers(ports: ReviewPorts, review: Review, nowMs: number): Promise<void> {
  const { people } = ports.repositories;
  for await (const reviewerId of reviewersOf(ports, review)) {
    ports.heartbeat({});
    const here = await thoseHere(people, review.orgId, [reviewerId]);
    if (here.has(reviewerId)) continue;
    await makeLinkVoid(ports, review, reviewerId, nowMs);
    const heirs = new Set<string>();
    for await (const finding of openOf(ports, review, reviewerId)) {
      const heir = await handOver(ports, review, finding);
      if (heir !== undefined) heirs.add(heir);
    }
    for (const heir of heirs)
      await mailReviewer(ports, review, { reviewerId: heir, notice: `in-place-of:${reviewerId}`, nowMs });
  }
}

async function* openOf(
  { repositories: { findings } }: ReviewPorts,
  { orgId, id }: Review,
  reviewerId: string,
): AsyncGenerator<Finding> {
  const read = (range: { readonly after?: string; readonly limit: number }) =>
    findings.list(orgId, id, { reviewerId, state: 'open', ...range });
  for await (const page of everyPage(PAGE, read)) yield* page;
}

/** Who is asked now; `undefined`: the organisation. */
async function handOver(
  { repositories }: ReviewPorts,
  { orgId, terms }: Review,
  finding: Finding,
): Promise<string | undefined> {
  const { people, findings } = repositories;
  const person = finding.personId === undefined ? undefined : await people.get(orgId, finding.personId);
  const { reviewers } = terms;
  const here = await thoseHere(people, orgId, [
    ...[person?.managerId, reviewers.personId, reviewers.fallbackId],
  ]);
  const reviewerId = chooseReviewer(reviewers, person, (id) => here.has(id));
  // Somebody who decides it at this very moment is quicker, and nobody has to be asked any more.
  const changed = await findings.update(finding, { reviewerId });
  return changed === undefined ? undefined : reviewerId;
}
