import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities } from '../../../activities/create-activities.ts';
import type { ChainResult } from '../../../shared/contract/step.ts';
import { DAY_ZERO_KEYS } from '../../../shared/domain/planner/departure/day-zero.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import { stepOf } from '../../../shared/domain/plan.ts';
import type { ActivityKind } from '../../../shared/domain/step-kinds.ts';
import { writeDeparture } from '../../support/departure.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { makeFaulty, override } from '../../support/interceptions.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const LOCKOUT = Object.values(DAY_ZERO_KEYS);

/** The day somebody leaves, carried out by one activity without a workflow. */
async function aLockout() {
  const { orgId, accountId, record } = await writeDeparture(engine, {});
  const asOfMs = record.plan.leaveAtMs;
  const steps = LOCKOUT.map((key) => {
    const { kind, params } = stepOf(record.plan, key)!;
    return { stepKey: key, kind: kind as ActivityKind, round: 1, dueAtMs: asOfMs, params };
  });
  const run = (goOnForMs = 60_000): Promise<ChainResult> =>
    new MockActivityEnvironment(
      { currentAttemptScheduledTimestampMs: asOfMs },
      { logger: new DefaultLogger('ERROR') },
    ).run(createActivities(engine.ports).carryOutChain, {
      ...{ orgId, caseId: record.id, planVersion: 1, asOfMs, steps, goOnForMs },
    });
  const effects = async () =>
    (await engine.directory.readEffects(orgId)).filter((effect) => effect.accountId === accountId);
  /** Tells the database that the case changed, as the workflow does. */
  const change = (changes: { readonly paused?: boolean; readonly undoing?: boolean }) => {
    const progress = openCase({ plan: record.plan, requestedBy: record.requestedBy, onLegalHold: false });
    return engine.repositories.cases.project(
      orgId,
      record.id,
      projectionOf({ ...progress, sequence: 5, ...changes }),
    );
  };
  return { orgId, accountId, caseId: record.id, run, effects, change };
}

const keysOf = ({ tries }: ChainResult): readonly string[] => tries.map(({ stepKey }) => stepKey);

test('carries out every step with its own evidence, and changes nothing the second time', async () => {
  const { orgId, caseId, run, effects } = await aLockout();
  const first = await run();
  expect(keysOf(first)).toEqual(LOCKOUT);
  expect(first.tries.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  const proofs = await engine.repositories.evidence.listByCase(orgId, caseId);
  expect(proofs.map(({ stepKey, status }) => [stepKey, status])).toEqual(
    LOCKOUT.map((key, index) => [key, first.tries[index]?.outcome]),
  );
  expect(proofs.every(({ attempts }) => attempts.length === 1)).toBe(true);
  const made = await effects();

  const second = await run();
  expect(keysOf(second)).toEqual(LOCKOUT);
  expect(await effects()).toEqual(made);
  expect(await engine.repositories.evidence.listByCase(orgId, caseId)).toEqual(proofs);
});

test('tells which step was not proven, and tries the ones after it', async () => {
  const { orgId, run } = await aLockout();
  makeFaulty(engine, orgId).fail('revokeSessions', 1);
  const { tries } = await run();
  expect(tries.map(({ stepKey }) => stepKey)).toEqual(LOCKOUT);
  expect(tries.find(({ stepKey }) => stepKey === 'revoke-sessions')).toMatchObject({
    ...{ kind: 'revokeSessions', outcome: 'failed', code: 'TARGET_UNAVAILABLE', final: false },
  });
  expect(tries.find(({ stepKey }) => stepKey === 'disable-account')).toMatchObject({ outcome: 'done' });
});

test('begins no further step once its time is over', async () => {
  const { run } = await aLockout();
  expect(keysOf(await run(0))).toEqual(LOCKOUT.slice(0, 1));
});

test.each<[string, { readonly paused?: boolean; readonly undoing?: boolean }]>([
  ['paused', { paused: true }],
  ['turned back', { undoing: true }],
])('begins no further step when the case was %s in the meantime', async (_what, changes) => {
  const { orgId, accountId, run, change } = await aLockout();
  const real = engine.targetOf(orgId);
  override(engine, orgId, {
    async disable(...given) {
      await change(changes);
      // What was read of a case is good for a second.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      return real.disable(...given);
    },
  });
  expect(keysOf(await run())).toEqual(['take-snapshot', 'disable-account']);
  expect((await engine.directory.getAccount(orgId, accountId))?.status).toBe('disabled');
});

test('takes nothing away once the organisation was frozen', async () => {
  const { orgId, run } = await aLockout();
  const real = engine.targetOf(orgId);
  override(engine, orgId, {
    async disable(...given) {
      const { rev } = (await engine.repositories.organisations.get(orgId))!;
      const frozen = { atMs: 1, by: 'own_hr', reason: 'an inquiry' };
      await engine.repositories.organisations.update(orgId, rev, { frozen });
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      return real.disable(...given);
    },
  });
  const { tries } = await run();
  expect(tries.find(({ stepKey }) => stepKey === 'rotate-password')).toMatchObject({
    ...{ outcome: 'failed', code: 'FROZEN' },
  });
});
