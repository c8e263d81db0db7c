import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { actOnFinding } from '../../../activities/reviews/acting/act-on-finding.ts';
import type { DecisionOutcome } from '../../../shared/contract/decision-desk.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { actingScene, type ActingScene } from '../../support/acting-scene.ts';
import { DECIDED_AT_MS } from '../../support/findings.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

const HOUR_MS = 3_600_000;
const FIRST = DECIDED_AT_MS + 14 * DAY_MS;
let first: TestApi;
let scene: ActingScene;
beforeAll(async () => {
  first = await startTestApi();
});
beforeEach(async () => {
  scene = await actingScene(first);
});
afterAll(() => first.close());

describe('a review that was cancelled', () => {
  test('withdraws what has not begun', async () => {
    const found = await scene.stored({ kind: 'disable' });
    await scene.look(found, DECIDED_AT_MS);
    scene.review = { ...scene.review, state: 'cancelled' };
    expect(await scene.look(found, FIRST - 3 * DAY_MS)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'REVIEW_CANCELLED' } },
    });
  });

  test('follows what has begun', async () => {
    const found = await scene.stored({ kind: 'start_departure' }, { action: { startedAtMs: DECIDED_AT_MS } });
    scene.review = { ...scene.review, state: 'cancelled' };
    expect(await scene.look(found, DECIDED_AT_MS)).toMatchObject({ state: 'started' });
  });
});

describe('what was decided', () => {
  test('is done at once where it is proven at once', async () => {
    await createTestPerson(scene.api, { accountRole: 'administrator' });
    const found = await scene.stored({ kind: 'change_role', role: 'administrator' });
    const done = await scene.look(found, DECIDED_AT_MS);
    expect(done).toMatchObject({ state: 'done', action: { provenAtMs: DECIDED_AT_MS } });
    expect(done).not.toHaveProperty('nextAtMs');
  });

  test('is withdrawn where it is so already', async () => {
    const found = await scene.stored({ kind: 'change_role', role: 'user' });
    expect(await scene.look(found, DECIDED_AT_MS)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'ALREADY_SO' } },
    });
  });

  test('is carried out once, and as it was begun, where the worker died after the desk', async () => {
    const found = await scene.stored({ kind: 'disable' });
    for (const moment of [DECIDED_AT_MS, FIRST - 3 * DAY_MS]) await scene.look(found, moment);
    await expect(scene.look(found, FIRST, scene.dyingAt(2))).rejects.toThrow('died');
    // The case is there: a sign-in comes too late for it.
    scene.api.clock.nowMs = FIRST + 1;
    await scene.signIn();
    const [record] = await scene.casesOf();
    expect(await scene.look(found, FIRST + HOUR_MS)).toMatchObject({
      ...{ state: 'started', action: { startedAtMs: FIRST, caseId: record!.id } },
    });
    expect(await scene.casesOf()).toHaveLength(1);
  });

  test('waits where something else is being done with the person, less and less often', async () => {
    const later = { carryOut: () => Promise.resolve<DecisionOutcome>({ kind: 'later' }) };
    const found = await scene.stored({ kind: 'start_departure' });
    const waiting = await scene.look(found, DECIDED_AT_MS, { desk: later });
    expect(waiting).toMatchObject({ state: 'decided', nextAtMs: DECIDED_AT_MS + 60_000 });
    const hours = DECIDED_AT_MS + 4 * HOUR_MS;
    expect((await scene.look(found, hours, { desk: later })).nextAtMs).toBe(hours + HOUR_MS);
  });

  test('is kept until the beginning of the day, in the zone of the review', async () => {
    const found = await scene.stored({ kind: 'keep', until: '2027-07-01' }, { state: 'kept' });
    for (const moment of [DECIDED_AT_MS, DECIDED_AT_MS + DAY_MS])
      expect(await scene.look(found, moment)).not.toHaveProperty('nextAtMs');
    const kept = await scene.api.repositories.findings.keptOf(scene.api.orgId, [found.key]);
    expect(kept.get(found.key)).toMatchObject({
      ...{ findingId: found.id, reviewId: scene.review.id, untilMs: Date.parse('2027-06-30T22:00:00Z') },
    });
  });

  test('that somebody changed meanwhile is left as it is', async () => {
    const found = await scene.stored({ kind: 'start_departure' });
    const changed = await scene.api.repositories.findings.update(found, {
      state: 'open',
      nextAtMs: undefined,
    });
    expect(await actOnFinding(scene.ports, scene.review, found, DECIDED_AT_MS)).toEqual(changed);
    expect(await scene.casesOf()).toEqual([]);
  });

  test('has no instant left where nothing is to be done', async () => {
    const found = await scene.stored({ kind: 'disable' }, { state: 'refused' });
    expect(await scene.look(found, DECIDED_AT_MS)).not.toHaveProperty('nextAtMs');
  });
});

describe('a case that was started', () => {
  const LOCK = ['take-snapshot', 'disable-account', 'revoke-sessions', 'prove-disabled'];
  async function begun(): Promise<Finding> {
    const found = await scene.stored({ kind: 'disable' }, { action: { startedAtMs: DECIDED_AT_MS } });
    return scene.look(found, DECIDED_AT_MS);
  }
  const workflowId = async () => (await scene.casesOf())[0]!.workflowId;

  test('is looked at until it is proven, and tells when that was', async () => {
    const found = await begun();
    const soon = DECIDED_AT_MS + 60_000;
    expect(await scene.look(found, soon)).toMatchObject({ state: 'started', nextAtMs: soon + 60_000 });
    const atMs = soon + 1_000;
    for (const key of LOCK) {
      const news = { key, round: 1, atMs };
      await scene.api.engine.tell(await workflowId(), { kind: 'stepStarted', ...news });
      await scene.api.engine.tell(await workflowId(), { kind: 'stepSettled', outcome: 'done', ...news });
    }
    const done = await scene.look(found, soon + 60_000);
    expect(done).toMatchObject({ state: 'done', action: { provenAtMs: atMs } });
    expect(done).not.toHaveProperty('nextAtMs');
  });

  test('that was called off before has come to nothing', async () => {
    const found = await begun();
    for (const kind of ['cancelled', 'closed'] as const)
      await scene.api.engine.tell(await workflowId(), { kind, atMs: DECIDED_AT_MS + 1 });
    expect(await scene.look(found, DECIDED_AT_MS + 60_000)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'CASE_CANCELLED' } },
    });
  });

  test('of a last day to come is looked at once a day', async () => {
    const found = await scene.stored({ kind: 'start_departure', lastDay: '2027-06-30' });
    await scene.look(found, DECIDED_AT_MS);
    const looked = DECIDED_AT_MS + 60_000;
    expect(await scene.look(found, looked)).toMatchObject({ state: 'started', nextAtMs: looked + DAY_MS });
  });
});
