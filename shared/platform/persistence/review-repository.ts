import type { Connection } from 'mongoose';
import type { ReviewDefinition } from '../../domain/reviews/review-definition.ts';
import { isReviewOver, REVIEW_STATES, type Review, type ReviewState } from '../../domain/reviews/review.ts';
import { above, atMost, below, openCollection } from './collection.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

export type DefinitionChanges = ChangesOf<Omit<ReviewDefinition, 'id' | 'orgId' | 'rev' | 'createdAtMs'>>;
export type ReviewChanges = ChangesOf<Omit<Review, 'id' | 'orgId' | 'rev' | 'startedAtMs'>>;

interface Page {
  /** The id of the last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Definitions of reviews, and the reviews that were held. */
export interface ReviewRepository {
  getDefinition(orgId: string, id: string): Promise<ReviewDefinition | undefined>;
  insertDefinition(definition: ReviewDefinition): Promise<'inserted' | 'exists'>;
  /** Changes the revision that was read; `undefined` when somebody else was first. */
  updateDefinition(
    definition: ReviewDefinition,
    changes: DefinitionChanges,
  ): Promise<ReviewDefinition | undefined>;
  /** Its schedule is as this revision says, which is no other revision. */
  markArranged(definition: ReviewDefinition): Promise<void>;
  /** The newest first, with those that were removed. */
  listDefinitions(orgId: string, page: Page): Promise<readonly ReviewDefinition[]>;
  /** Across organisations, in the order of their ids. */
  everyDefinition(page: Page): Promise<readonly ReviewDefinition[]>;
  get(orgId: string, id: string): Promise<Review | undefined>;
  insert(review: Review): Promise<'inserted' | 'exists'>;
  update(review: Review, changes: ReviewChanges): Promise<Review | undefined>;
  /** The newest first. */
  list(orgId: string, page: Page & ReviewFilter): Promise<readonly Review[]>;
  /** Across organisations, those that are not over and were to be looked at until then, in no order. */
  listStalled(recheckUntilMs: number, limit: number): Promise<readonly Review[]>;
  /** Across organisations, those whose workflow does not know something yet. */
  listUnheard(limit: number): Promise<readonly Review[]>;
  ensureIndexes(): Promise<void>;
}

interface ReviewFilter {
  readonly definitionId?: string | undefined;
  readonly state?: ReviewState | undefined;
}

const GOING_ON = REVIEW_STATES.filter((state) => !isReviewOver({ state }));

export function createReviewRepository(connection: Connection): ReviewRepository {
  const definitions = openCollection<Stored<ReviewDefinition>>(connection, {
    name: 'review_definitions',
    fields: {
      rev: 'number',
      name: 'string',
      calendar: 'json',
      timeZone: 'string',
      jitterMinutes: 'number',
      scope: 'json',
      rules: 'json',
      reviewers: 'json',
      openDays: 'number',
      remindDaysBefore: 'json',
      escalateDaysBefore: 'number',
      onSilence: 'string',
      paused: 'json?',
      removed: 'json?',
      requestedBy: 'string',
      createdAtMs: 'number',
      unheard: 'boolean',
    },
    indexes: [{ orgId: 1, _id: 1 }],
  });
  const reviews = openCollection<Stored<Review>>(connection, {
    name: 'reviews',
    fields: {
      rev: 'number',
      definitionId: 'string',
      workflowId: 'string',
      terms: 'json',
      state: 'string',
      startedAtMs: 'number',
      progress: 'json?',
      reviewed: 'json',
      found: 'json?',
      openedAtMs: 'number?',
      closesAtMs: 'number?',
      closedAtMs: 'number?',
      sent: 'strings',
      noticeAfter: 'json?',
      recheckAtMs: 'number?',
      ended: 'json?',
      endedAtMs: 'number?',
      previousId: 'string?',
      reports: 'json?',
      cancelled: 'json?',
      trouble: 'json?',
      unheard: 'boolean',
    },
    indexes: [
      { orgId: 1, _id: 1 },
      { orgId: 1, definitionId: 1, _id: 1 },
      { orgId: 1, state: 1, _id: 1 },
      // Across organisations: chores look for what is to be told, or set going, everywhere.
      { unheard: 1 },
      { state: 1, recheckAtMs: 1 },
    ],
  });
  return {
    async getDefinition(orgId, id) {
      const found = await definitions.findOne({ _id: id, orgId });
      return found && fromStored(found);
    },
    insertDefinition: (definition) => definitions.insert(toStored(definition)),
    async updateDefinition({ id, orgId, rev }, changes) {
      const change = { ...splitChanges(changes), increment: { rev: 1 } };
      const changed = await definitions.changeOne({ _id: id, orgId, rev }, change);
      return changed && fromStored(changed);
    },
    async markArranged({ id, orgId, rev }) {
      await definitions.updateOne({ _id: id, orgId, rev }, { set: { unheard: false } });
    },
    async listDefinitions(orgId, { after, limit }) {
      const filter = { orgId, ...(after === undefined ? {} : { _id: below(after) }) };
      return (await definitions.find(filter, { _id: -1 }, limit)).map((found) => fromStored(found));
    },
    async everyDefinition({ after = '', limit }) {
      return (await definitions.find({ _id: above(after) }, { _id: 1 }, limit)).map((one) => fromStored(one));
    },
    async get(orgId, id) {
      const found = await reviews.findOne({ _id: id, orgId });
      return found && fromStored(found);
    },
    insert: (review) => reviews.insert(toStored(review)),
    async update({ id, orgId, rev }, changes) {
      const change = { ...splitChanges(changes), increment: { rev: 1 } };
      const changed = await reviews.changeOne({ _id: id, orgId, rev }, change);
      return changed && fromStored(changed);
    },
    async list(orgId, { after, definitionId, state, limit }) {
      const filter = {
        orgId,
        ...(definitionId === undefined ? {} : { definitionId }),
        ...(state === undefined ? {} : { state }),
        ...(after === undefined ? {} : { _id: below(after) }),
      };
      return (await reviews.find(filter, { _id: -1 }, limit)).map((found) => fromStored(found));
    },
    async listStalled(recheckUntilMs, limit) {
      const found = await Promise.all(
        GOING_ON.map((state) =>
          reviews.find({ state, recheckAtMs: atMost(recheckUntilMs) }, { recheckAtMs: 1 }, limit),
        ),
      );
      return found.flat().map((one) => fromStored(one));
    },
    async listUnheard(limit) {
      return (await reviews.find({ unheard: true }, { _id: 1 }, limit)).map((found) => fromStored(found));
    },
    async ensureIndexes() {
      await definitions.ensureIndexes();
      await reviews.ensureIndexes();
    },
  };
}
