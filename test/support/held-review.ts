import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { aFinding, aReview } from './review-builders.ts';
import type { Json, TestApi } from './test-api.ts';

/** A review in the database of a test API, and how its findings stand. */
export interface HeldReview {
  readonly review: Review;
  /** Puts a finding in. Gives the id. */
  found(overrides?: Partial<Finding>): Promise<string>;
  stored(id: string): Promise<Finding>;
  /** How often the engine was told of it. */
  told(): number;
  /** Entries that name this id, the oldest first. */
  audited(id: string): Promise<readonly Json[]>;
}

export async function holdReview(
  api: TestApi,
  usual: Partial<Finding>,
  overrides: Partial<Review> = {},
): Promise<HeldReview> {
  const { repositories, orgId } = api;
  const review = aReview(orgId, api.clock.nowMs, overrides);
  await repositories.reviews.insert(review);
  return {
    review,
    async found(more = {}) {
      const finding = aFinding(review, { ...usual, ...more });
      await repositories.findings.insertMany([finding]);
      return finding.id;
    },
    stored: async (id) => (await repositories.findings.get(orgId, id))!,
    told: () => api.reviews.told.filter(({ id }) => id === review.id).length,
    async audited(id) {
      const { connection } = repositories.database;
      const entries = await connection.collection('audit').find({ orgId }).toArray();
      return entries.filter((entry) => JSON.stringify(entry).includes(id));
    },
  };
}
