import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { repairReviewSchedules, tellReviews } from '../../../activities/reviews/chores.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { createFakeReviewEngine } from '../../support/fake-review-engine.ts';
import { freshDatabaseUri } from '../../support/fresh-database.ts';
import { defineReview } from '../../support/review-definitions.ts';
import { freshOrgId, openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let repositories: TestRepositories;
beforeAll(async () => {
  // Across organisations: nobody else's definitions are here.
  repositories = await openTestRepositories(freshDatabaseUri());
});
afterAll(() => repositories.close());

function ports() {
  const reviewEngine = createFakeReviewEngine();
  return { repositories, reviewEngine };
}

test('makes a schedule that was lost or never made, again as its definition says, and then leaves it alone', async () => {
  const orgId = freshOrgId();
  const { reviewEngine } = ports();
  const both = { repositories, reviewEngine };
  const definition = await defineReview({ repositories }, orgId, { unheard: true });
  expect(await repairReviewSchedules(both)).toBe(1);
  expect(reviewEngine.schedules.get(definition.id)?.rev).toBe(0);
  // Known to be arranged, and of the same revision: its schedule is not stale by that.
  expect(await repositories.reviews.getDefinition(orgId, definition.id)).toMatchObject({
    rev: 0,
    unheard: false,
  });
  expect(await repairReviewSchedules(both)).toBe(0);

  reviewEngine.schedules.delete(definition.id);
  expect(await repairReviewSchedules(both)).toBe(1);
  expect(reviewEngine.schedules.has(definition.id)).toBe(true);

  const known = (await repositories.reviews.getDefinition(orgId, definition.id))!;
  await repositories.reviews.updateDefinition(known, { openDays: 20, unheard: true });
  expect(await repairReviewSchedules(both)).toBe(1);
  expect(reviewEngine.schedules.get(definition.id)).toMatchObject({ rev: 1, openDays: 20 });

  const edited = (await repositories.reviews.getDefinition(orgId, definition.id))!;
  await repositories.reviews.updateDefinition(edited, { removed: { by: 'own_hr', atMs: 1 }, unheard: true });
  expect(await repairReviewSchedules(both)).toBe(1);
  expect(reviewEngine.schedules.has(definition.id)).toBe(false);
  expect(await repairReviewSchedules(both)).toBe(0);
});

test('fails loudly while the engine is away, and does it all in the next turn', async () => {
  const orgId = freshOrgId();
  const both = ports();
  const definition = await defineReview({ repositories }, orgId, { unheard: true });
  both.reviewEngine.isDown = true;
  await expect(repairReviewSchedules(both)).rejects.toThrow('Temporal');
  expect((await repositories.reviews.getDefinition(orgId, definition.id))?.unheard).toBe(true);
  both.reviewEngine.isDown = false;
  expect(await repairReviewSchedules(both)).toBeGreaterThanOrEqual(1);
});

const NOW_MS = Date.UTC(2027, 0, 1);

test('tells reviews what they do not know, and settles those that ended meanwhile', async () => {
  const orgId = freshOrgId();
  const both = ports();
  const { id: definitionId, ...terms } = await defineReview({ repositories }, orgId);
  const review = (state: Review['state']): Review => ({
    ...{ id: newId('rvw'), orgId, rev: 0, definitionId, workflowId: 'w', terms, state, startedAtMs: 1 },
    ...{ reviewed: { people: 0, accounts: 0 }, sent: [], unheard: true },
  });
  const [open, over] = [review('open'), review('completed')];
  await repositories.reviews.insert(open);
  await repositories.reviews.insert(over);
  both.reviewEngine.isDown = true;
  await expect(tellReviews(both, NOW_MS)).rejects.toThrow('Temporal');
  both.reviewEngine.isDown = false;
  const tell = both.reviewEngine.tell.bind(both.reviewEngine);
  both.reviewEngine.tell = (one) => (one.id === over.id ? Promise.resolve('over') : tell(one));
  expect(await tellReviews(both, NOW_MS)).toBe(2);
  expect(both.reviewEngine.told.map(({ id }) => id)).toEqual([open.id]);
  expect((await repositories.reviews.get(orgId, over.id))?.unheard).toBe(false);
  // Its workflow clears it once it has looked.
  expect((await repositories.reviews.get(orgId, open.id))?.unheard).toBe(true);
});

test('sets a review going again whose workflow somebody terminated, and leaves every other alone', async () => {
  const orgId = freshOrgId();
  const both = ports();
  const { id: definitionId, ...terms } = await defineReview({ repositories }, orgId);
  const review = (state: Review['state'], recheckAtMs: number): Review => ({
    ...{ id: newId('rvw'), orgId, rev: 0, definitionId, workflowId: 'w', terms, state, startedAtMs: 1 },
    ...{ reviewed: { people: 0, accounts: 0 }, sent: [], unheard: false, recheckAtMs },
  });
  const HOUR_MS = 3_600_000;
  const [terminated, late, young, over] = [
    review('open', NOW_MS - HOUR_MS),
    review('carrying_out', NOW_MS - HOUR_MS),
    review('open', NOW_MS - HOUR_MS + 1),
    review('completed', NOW_MS - 2 * HOUR_MS),
  ];
  for (const one of [terminated, late, young, over]) await repositories.reviews.insert(one);
  for (const { id } of [terminated, young, over]) both.reviewEngine.terminated.add(id);
  await tellReviews(both, NOW_MS);
  const told = both.reviewEngine.told.filter((one) => one.orgId === orgId);
  expect(told.map(({ id }) => id)).toEqual([terminated.id]);
});
