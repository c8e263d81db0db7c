import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CaseOf, CaseProjection, CaseRecord } from '../../../shared/domain/case-record.ts';
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

async function inserted(
  overrides: Partial<CaseOf<'departure'>> = {},
  orgId = freshOrgId(),
): Promise<CaseOf<'departure'>> {
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
  expect(await ids({ states: ['needs_attention'] })).toEqual([red.id]);
  expect(await ids({ needsAttention: false })).toEqual([calm.id]);
  expect(await ids({ personId: calm.personId })).toEqual([calm.id]);
  expect(await ids({ dueUntilMs: 10 })).toEqual([red.id]);
  expect(await ids({ dueUntilMs: 9 })).toEqual([]);
  expect(await ids({ dueFromMs: 11, dueUntilMs: 20 })).toEqual([calm.id]);
  expect(await ids({ dueFromMs: 21 })).toEqual([]);
  expect(await ids({ requestedBy: red.requestedBy })).toEqual([red.id]);
});

test('lists several states as one list, newest first, whatever the state of each and however many there are', async () => {
  const orgId = freshOrgId();
  const states = ['scheduled', 'running', 'running', 'grace', 'completed'] as const;
  const ids: string[] = [];
  for (let index = 0; index < 75; index += 1) {
    const state = states[index % states.length]!;
    const { id } = await inserted({ state }, orgId);
    if (state !== 'completed') ids.unshift(id);
  }
  const listed: string[] = [];
  for (let after: { readonly after?: string } = {}; ;) {
    const filter = { states: ['grace', 'scheduled', 'running'] as const, limit: 25, ...after };
    const page = await one.cases.list(orgId, filter);
    listed.push(...page.map((record) => record.id));
    if (page.length < 25) break;
    after = { after: page.at(-1)!.id };
  }
  expect(listed).toEqual(ids);
  expect(await one.cases.list(orgId, { states: [], limit: 5 })).toEqual([]);
});

test('gives one revision to one of twenty commands, and to that one again', async () => {
  const record = await inserted({ sequence: 4 });
  const { orgId, id } = record;
  const take = async (rev: number, command: string, by = one) =>
    (await by.cases.takeRevision(orgId, id, rev, command))?.sequence;
  const commands = Array.from({ length: 20 }, (_, index) => `command-${index}`);
  const taken = await Promise.all(
    commands.map((command, index) => take(0, command, index % 2 === 0 ? one : other)),
  );
  const winners = commands.filter((_, index) => taken[index] === 4);
  expect(winners).toHaveLength(1);
  expect(taken.filter((sequence) => sequence === undefined)).toHaveLength(19);
  expect((await one.cases.get(orgId, id))?.rev).toBe(1);

  await one.cases.project(orgId, id, aProjection(record, 5));
  expect(await take(0, winners[0]!)).toBe(4);
  expect(await take(0, 'another')).toBeUndefined();
  expect(await one.cases.forgetTaken(orgId, id, 'another')).toBe(2);
  expect(await one.cases.forgetTaken(orgId, id, winners[0]!)).toBe(2);
  expect(await take(0, winners[0]!)).toBeUndefined();
  expect(await take(2, winners[0]!)).toBe(5);
});

test('remembers who took a revision when others took later ones, and of very many the last', async () => {
  const { orgId, id } = await inserted({ sequence: 4 });
  const take = (rev: number) => one.cases.takeRevision(orgId, id, rev, `command-${rev}`);
  for (let rev = 0; rev < 51; rev += 1) expect(await take(rev)).toEqual({ sequence: 4, rev: rev + 1 });
  expect(await take(1)).toEqual({ sequence: 4, rev: 2 });
  expect(await take(0)).toBeUndefined();
});

test('shows nothing of who took a revision', async () => {
  const record = await inserted();
  await one.cases.takeRevision(record.orgId, record.id, 0, 'command-1');
  expect(await one.cases.get(record.orgId, record.id)).toEqual({ ...record, rev: 1 });
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
