import type { Connection } from 'mongoose';
import type { ReviewerLink } from '../../domain/reviews/review.ts';
import { above, openCollection } from './collection.ts';
import { fromStored, toStored, type Stored } from './stored.ts';

/** The reviewers of reviews, each with a link. */
export interface ReviewLinkRepository {
  /** Opening the same one again changes nothing. */
  open(link: ReviewerLink): Promise<void>;
  /** By the hash of its token: whoever opens a link is known by nothing else. */
  find(id: string): Promise<ReviewerLink | undefined>;
  /** Of one review, also those that are void. */
  list(
    orgId: string,
    reviewId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly ReviewerLink[]>;
  /** A link that is void already keeps its instant. */
  makeVoid(link: ReviewerLink, atMs: number): Promise<void>;
  ensureIndexes(): Promise<void>;
}

type LinkDocument = Stored<ReviewerLink> & { readonly state: 'open' | 'void' };

export function createReviewLinkRepository(connection: Connection): ReviewLinkRepository {
  const links = openCollection<LinkDocument>(connection, {
    name: 'review_links',
    fields: {
      state: 'string',
      reviewId: 'string',
      reviewerId: 'string',
      createdAtMs: 'number',
      voidAtMs: 'number?',
    },
    indexes: [{ orgId: 1, reviewId: 1, _id: 1 }],
  });
  const restore = (found: LinkDocument): ReviewerLink => fromStored(found, ['state']);
  return {
    async open(link) {
      await links.insert({ ...toStored(link), state: 'open' });
    },
    async find(id) {
      const found = await links.findOne({ _id: id });
      return found && restore(found);
    },
    async list(orgId, reviewId, { after, limit }) {
      const filter = { orgId, reviewId, ...(after === undefined ? {} : { _id: above(after) }) };
      return (await links.find(filter, { _id: 1 }, limit)).map(restore);
    },
    async makeVoid({ id, orgId }, voidAtMs) {
      await links.updateOne({ _id: id, orgId, state: 'open' }, { set: { state: 'void', voidAtMs } });
    },
    ensureIndexes: () => links.ensureIndexes(),
  };
}
