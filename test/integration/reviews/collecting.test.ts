import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { advanceReview } from '../../../activities/reviews/advance-review.ts';
import { openReview } from '../../../activities/reviews/open-review.ts';
import type { ReviewPorts } from '../../../activities/reviews/review-ports.ts';
import { addressClaimId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { keptId, type Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ReviewDefinition } from '../../../shared/domain/reviews/review-definition.ts';
import type { RuleName } from '../../../shared/domain/reviews/rule-names.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { createFakeReviewEngine } from '../../support/fake-review-engine.ts';
import { DAY } from '../../support/departure.ts';
import { createPeople, createPerson } from '../../support/people.ts';
import { defineReview } from '../../support/review-definitions.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

function portsOf(): ReviewPorts {
  const desk = { carryOut: () => Promise.reject(new Error('nothing is carried out here')) };
  const heartbeat = (): void => undefined;
  return { ...engine.ports, heartbeat, desk, reviewEngine: createFakeReviewEngine() };
}

async function collected(definition: ReviewDefinition, afterDays = 60, ports = portsOf()) {
  const { orgId, id: definitionId } = definition;
  const asOfMs = Date.now() + afterDays * DAY;
  const begun = await openReview(ports, {
    ...{ orgId, definitionId, workflowId: newId('rvw'), runId: newId('rvw'), asOfMs },
  });
  const { reviewId } = begun!;
  const ref = { orgId, reviewId, asOfMs };
  for (;;) {
    await advanceReview(ports, ref);
    const review = (await engine.repositories.reviews.get(orgId, reviewId))!;
    if (review.state !== 'collecting') return { review, ref };
  }
}
const findingsOf = (orgId: string, reviewId: string) =>
  engine.repositories.findings.list(orgId, reviewId, { limit: 1_000 });
const named = (orgId: string, firstName: string, more: Partial<Person> = {}) =>
  createPerson(engine, orgId, {
    ...{ firstName, lastName: 'Quiet', role: 'user' },
    ...(more.managerId === undefined ? {} : { managerId: more.managerId }),
  });
const end = (review: { readonly id: string; readonly orgId: string; readonly definitionId: string }) =>
  engine.repositories.claims.release(
    `review:${review.orgId}:${review.definitionId}`,
    review.orgId,
    review.id,
  );

test('finds the same once, however often a page is looked at', async () => {
  const { orgId } = await createPeople(engine);
  const definition = await defineReview(engine, orgId, { only: ['never_used'] });
  const asOfMs = Date.now() + 60 * DAY;
  const start = { orgId, definitionId: definition.id, workflowId: 'w', runId: newId('rvw'), asOfMs };
  const begun = await openReview(portsOf(), start);
  expect(await openReview(portsOf(), start)).toEqual(begun);
  const ref = { orgId, reviewId: begun!.reviewId, asOfMs };
  // After the findings of a page are written, and before it is counted as looked at.
  const died = () => Promise.reject(new Error('the store died'));
  const reviews = { ...engine.repositories.reviews, update: died };
  const dying = { ...portsOf(), repositories: { ...engine.repositories, reviews } };
  await expect(advanceReview(dying, ref)).rejects.toThrow('the store died');
  const before = await findingsOf(orgId, ref.reviewId);
  expect(before.length).toBeGreaterThan(0);
  await advanceReview(portsOf(), ref);
  const review = (await engine.repositories.reviews.get(orgId, ref.reviewId))!;
  expect(review.state).toBe('open');
  expect((await findingsOf(orgId, ref.reviewId)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(review.found).toEqual({ never_used: before.length });
});

test('looks at everybody, at a department, or at administrators', async () => {
  const { orgId, manager } = await createPeople(engine);
  const { people } = engine.repositories;
  const changed = await people.update(orgId, manager.id, 0, { department: 'Harbour' });
  expect(changed).toBeDefined();
  const only: readonly RuleName[] = ['administrator', 'never_used'];
  const all = await collected(await defineReview(engine, orgId, { only }));
  expect(all.review.reviewed.people).toBe(4);
  const scope = { kind: 'department', department: 'Harbour' } as const;
  const some = await collected(await defineReview(engine, orgId, { only, scope }));
  expect(some.review.reviewed).toEqual({ people: 1, accounts: 1 });
  const administrators = await defineReview(engine, orgId, { only, scope: { kind: 'administrators' } });
  const few = await collected(administrators);
  const found = await findingsOf(orgId, few.review.id);
  expect(found.filter(({ rule }) => rule === 'administrator').map(({ personId }) => personId)).not.toContain(
    manager.id,
  );
  expect(found.every(({ needsSecond }) => needsSecond)).toBe(true);
});

test('asks the manager, nobody about themselves, and the fallback where there is no manager', async () => {
  const { orgId, manager } = await createPeople(engine, { administrator: false });
  const report = await named(orgId, 'Rita', { managerId: manager.id });
  const fallback = await named(orgId, 'Fay');
  const reviewers = { kind: 'managers', fallbackId: fallback.id } as const;
  const { review } = await collected(await defineReview(engine, orgId, { only: ['never_used'], reviewers }));
  const byPerson = new Map((await findingsOf(orgId, review.id)).map((one) => [one.personId, one.reviewerId]));
  expect(byPerson.get(report.id)).toBe(manager.id);
  expect(byPerson.get(manager.id)).toBe(fallback.id);
  expect(byPerson.get(fallback.id)).toBeUndefined();
});

test('leaves out what is kept until its day, and finds it from that day on', async () => {
  const { orgId } = await createPeople(engine);
  const definition = await defineReview(engine, orgId, { only: ['never_used'] });
  const { review } = await collected(definition);
  const [one] = (await findingsOf(orgId, review.id)) as readonly [Finding];
  const untilMs = Date.now() + 100 * DAY;
  await engine.repositories.findings.keep({
    ...{ id: keptId(orgId, one.key), orgId, reviewId: review.id, findingId: one.id, untilMs },
  });
  await end(review);
  const keys = async (afterDays: number): Promise<readonly string[]> => {
    const next = await collected(definition, afterDays);
    await end(next.review);
    return (await findingsOf(orgId, next.review.id)).map(({ key }) => key);
  };
  expect(await keys(99)).not.toContain(one.key);
  expect(await keys(101)).toContain(one.key);
});

test('finds an account that belongs to nobody on every target, and nobody else', async () => {
  const { orgId } = await createPeople(engine, { onBranch: true });
  const { claims, people } = engine.repositories;
  for (const one of await people.list(orgId, { limit: 100 }))
    await claims.take(addressClaimId(orgId, one.address), orgId, one.id, Date.now());
  const accountId = newId('acc');
  const stray = { firstName: 'Stray', lastName: 'Cat', quotaBytes: 1_000_000 };
  await engine.branch.createAccount(orgId, { ...stray, id: accountId, address: 'stray@example.test' });
  await engine.directory.createAccount(orgId, {
    ...{ ...stray, id: newId('acc'), address: 'scanner@example.test', service: true },
  });
  const { review } = await collected(await defineReview(engine, orgId, { only: ['orphan_account'] }));
  const found = await findingsOf(orgId, review.id);
  expect(found.map(({ account, personId }) => ({ account, personId }))).toEqual([
    { account: { target: 'branch', accountId }, personId: undefined },
  ]);
});
