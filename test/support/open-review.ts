import { MailNotSent } from '../../activities/ports/notifier.ts';
import { advanceReview } from '../../activities/reviews/advance-review.ts';
import type { ReviewPorts } from '../../activities/reviews/review-ports.ts';
import type { Person } from '../../shared/domain/person.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { aFinding, aReview } from './review-builders.ts';
import { NOW_MS, type TestApi } from './test-api.ts';
import { aPerson } from './test-repositories.ts';
import { reviewPortsOf } from './whole-review.ts';

export const OPEN_UNTIL_MS = NOW_MS + 14 * DAY_MS;

/** A mail server that is down. */
export const NO_SERVER: Pick<ReviewPorts, 'notifier'> = {
  notifier: { send: () => Promise.reject(new MailNotSent('the server is down')) },
};

/** A review in an organisation of its own: open, with its invitations sent, unless a test says otherwise. */
export async function openReviewIn(first: TestApi, more: Partial<Review> = {}) {
  const api = await first.anotherOrganisation();
  const { repositories, orgId } = api;
  const review = aReview(orgId, NOW_MS, { sent: ['invite'], recheckAtMs: NOW_MS + DAY_MS, ...more });
  await repositories.reviews.insert(review);
  const mails = () => api.mailroom.mails.filter(({ id }) => id.startsWith(`review:${review.id}:`));
  return {
    ...{ api, review, mails },
    /** Those of a notice, by the beginning of its name. */
    mailsOf: (notice: string) => mails().filter(({ id }) => id.startsWith(`review:${review.id}:${notice}`)),
    now: async () => (await repositories.reviews.get(orgId, review.id))!,
    stored: async ({ id }: Finding) => (await repositories.findings.get(orgId, id))!,
    async found(...findings: readonly Partial<Finding>[]): Promise<readonly Finding[]> {
      const all = findings.map((one) => aFinding(review, one));
      await repositories.findings.insertMany(all);
      return all;
    },
    /** Goes on with the review at this instant, until it rests. */
    async advance(nowMs: number, ports: Partial<ReviewPorts> = {}) {
      api.clock.nowMs = nowMs;
      const ref = { orgId, reviewId: review.id, asOfMs: nowMs };
      for (;;) {
        const step = await advanceReview({ ...reviewPortsOf(api), ...ports }, ref);
        if (step.kind !== 'more') return step;
      }
    },
    async somebody(firstName: string, fields: Partial<Person> = {}): Promise<Person> {
      const person = aPerson(orgId, { firstName, ...fields });
      await repositories.people.insert(person);
      return person;
    },
    async change(personId: string, fields: Partial<Pick<Person, 'status' | 'protected'>>): Promise<void> {
      const { rev } = (await repositories.people.get(orgId, personId))!;
      await repositories.people.update(orgId, personId, rev, fields);
    },
  };
}
export type OpenReview = Awaited<ReturnType<typeof openReviewIn>>;
