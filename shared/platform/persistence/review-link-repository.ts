import type { Connection } from 'mongoose';
import type { ReviewerLink } from '../../domain/reviews/review.ts';
import { openCollection } from './collection.ts';
import { fromStored, toStored, type Stored } from './stored.ts';

/** The reviewers of reviews, each with a link. */
export interface ReviewLinkRepository {
  /** Opening the same one again changes nothing. */
  open(link: ReviewerLink): Promise<void>;
  /** By the hash of its token: whoever opens a link is known by nothing else. */
  find(id: string): Promise<ReviewerLink | undefined>;
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
    indexes: [],
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
    async makeVoid({ id, orgId }, voidAtMs) {
      await links.updateOne({ _id: id, orgId, state: 'open' }, { set: { state: 'void', voidAtMs } });
    },
    ensureIndexes: () => links.ensureIndexes(),
  };
}
