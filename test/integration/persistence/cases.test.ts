import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CaseProjection, CaseRecord } from '../../../shared/domain/case-record.ts';
import {
  aCase,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

let one: TestRepositories;
let other: TestRepositories;

beforeAll(async () => {
  one = await openTestRepositories();
  other = await openTestRepositories();
});
afterAll(async () => {
  await one.close();
  await other.close();
});

function aProjection(
  record: CaseRecord,
  sequence: number,
  more: Partial<CaseProjection> = {},
): CaseProjection {
  return { sequence, state: 'running', needsAttention: false, plan: record.plan, steps: [], ...more };
}

async function inserted(overrides: Partial<CaseRecord> = {}, orgId = freshOrgId()): Promise<CaseRecord> {
  const record = aCase(orgId, overrides);
  await one.cases.insert(record);
  return record;
}

test('gives back exactly the case that was inserted, empty objects of its plan included', async () => {
  const record = await inserted();
  expect(await other.cases.get(record.orgId, record.id)).toEqual(record);
  expect(record.plan.steps.some((step) => Object.keys(step.params).length === 0)).toBe(true);
});

test('ends with the highest of thirty projections that arrive in any order', async () => {
  const record = await inserted();
  const sequences = Array.from({ length: 30 }, (_, index) => ((index * 7) % 30) + 1);
  await Promise.all(
    sequences.map((sequence) =>
      (sequence % 2 === 0 ? one : other).cases.project(
        record.orgId,
        record.id,
        aProjection(record, sequence, { dueAtMs: sequence }),
      ),
    ),
  );
  const stored = await one.cases.get(record.orgId, record.id);
  expect(stored).toMatchObject({ sequence: 30, dueAtMs: 30, engine: 'started' });
});

test('says that a projection is outdated, or that there is no such case', async () => {
  const record = await inserted();
  expect(await one.cases.project(record.orgId, record.id, aProjection(record, 2))).toBe('applied');
  expect(await one.cases.project(record.orgId, record.id, aProjection(record, 2))).toBe('outdated');
  expect(await one.cases.project(record.orgId, 'cas_none', aProjection(record, 3))).toBe('unknown');
});

test('forgets a due date that the next projection does not name', async () => {
  const record = await inserted();
  await one.cases.project(record.orgId, record.id, aProjection(record, 1, { dueAtMs: 5 }));
  await one.cases.project(record.orgId, record.id, aProjection(record, 2, { closedAtMs: 9 }));
  const stored = await one.cases.get(record.orgId, record.id);
  expect(stored).toMatchObject({ closedAtMs: 9 });
  expect(stored).not.toHaveProperty('dueAtMs');
});

test('lists the newest first and pages back without gaps', async () => {
  const orgId = freshOrgId();
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) ids.push((await inserted({}, orgId)).id);
  const first = await one.cases.list(orgId, { limit: 3 });
  const second = await one.cases.list(orgId, { limit: 3, after: first[2]!.id });
  expect([...first, ...second].map((record) => record.id)).toEqual(ids.reverse());
});

test('filters by state, attention, person and due date', async () => {
  const orgId = freshOrgId();
  const red = await inserted({ state: 'needs_attention', needsAttention: true, dueAtMs: 10 }, orgId);
  const calm = await inserted({ dueAtMs: 20 }, orgId);
  const ids = async (filter: object) =>
    (await one.cases.list(orgId, { limit: 10, ...filter })).map((record) => record.id);
  expect(await ids({ state: 'needs_attention' })).toEqual([red.id]);
  expect(await ids({ needsAttention: false })).toEqual([calm.id]);
  expect(await ids({ personId: calm.personId })).toEqual([calm.id]);
  expect(await ids({ dueUntilMs: 10 })).toEqual([red.id]);
  expect(await ids({ dueUntilMs: 9 })).toEqual([]);
});

test('shows the reconciler what is requested and old enough, until it is started', async () => {
  // Long ago, so that other tests of this run are not among the oldest.
  const record = await inserted({ requestedAtMs: 1_000 });
  const requested = async (beforeMs: number) =>
    (await one.cases.listRequested(50, beforeMs)).some((found) => found.id === record.id);
  expect(await requested(1_000)).toBe(false);
  expect(await requested(1_001)).toBe(true);
  await one.cases.markStarted(record.orgId, record.id);
  expect(await requested(1_001)).toBe(false);
});

test('changes the request of one revision only', async () => {
  const record = await inserted();
  const request = { ...record.request, lastDay: '2024-04-30' };
  expect((await one.cases.setRequest(record.orgId, record.id, 0, request))?.request).toEqual(request);
  expect(await one.cases.setRequest(record.orgId, record.id, 0, record.request)).toBeUndefined();
});
