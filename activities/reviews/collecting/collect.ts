import type { Review, ReviewProgress } from '../../../shared/domain/reviews/review.ts';
import { changeReview } from '../change-review.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { accountsOfNobody } from './accounts-of-nobody.ts';
import { findingsOf } from './findings-of.ts';
import { judgeOf } from './judge.ts';
import { pageOfPeople, type SubjectPage } from './page-of-people.ts';
import { PEOPLE, stageAfter } from './stages.ts';

/** Another page is not begun after this: whoever cancels waits for it, and the next slice may run elsewhere. */
const GOES_ON_FOR_MS = 15_000;

/**
 * Looks at the next pages of a review for some seconds. What is found is written before it is counted as looked at, under ids that are
 * the same however often a page is looked at.
 */
export async function collect(ports: ReviewPorts, review: Review): Promise<Review> {
  const beganAtMs = performance.now();
  const judge = await judgeOf(ports, review);
  let current = review;
  while (current.progress !== undefined && performance.now() - beganAtMs < GOES_ON_FOR_MS) {
    const { progress } = current;
    ports.heartbeat({ people: progress.people, accounts: progress.accounts });
    const page = await readPage(ports, current, progress);
    await ports.repositories.findings.insertMany(await findingsOf(ports, current, page.subjects, judge));
    current = await turnPage(ports, current, page);
    if (current.state !== 'collecting') return current;
  }
  return current;
}

function readPage(
  ports: ReviewPorts,
  review: Review,
  { stage, after }: ReviewProgress,
): Promise<SubjectPage> {
  return stage === PEOPLE
    ? pageOfPeople(ports, review, after)
    : accountsOfNobody(ports, review.orgId, stage, after);
}

/** Only from where the page was read: another attempt may have come further. */
function turnPage(ports: ReviewPorts, review: Review, page: SubjectPage): Promise<Review> {
  const { orgId, id: reviewId, progress: from } = review;
  const decide = ({ state, progress, terms, reviewed }: Review) => {
    if (state !== 'collecting' || progress === undefined) return undefined;
    if (progress.stage !== from?.stage || progress.after !== from.after) return undefined;
    const counted = {
      people: progress.people + page.people,
      accounts: progress.accounts + page.accounts,
    };
    if (page.last !== undefined) return { progress: { ...progress, ...counted, after: page.last } };
    const stage = stageAfter(progress.stage, terms, Object.keys(ports.connectors));
    if (stage !== undefined) return { progress: { stage, ...counted } };
    return { progress: undefined, reviewed: { ...reviewed, ...counted } };
  };
  return changeReview(ports.repositories, { orgId, reviewId }, decide, review);
}
