import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { Ports } from '../../../activities/steps/step-definition.ts';
import { effectId } from '../../../shared/domain/ids.ts';
import { ACTIVITY_KINDS } from '../../../shared/domain/step-kinds.ts';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { DAY, writeDeparture } from '../../support/departure.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { cameTo, openActivities } from '../../support/lone-activities.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** The step does its work, and the process dies before its evidence says so. */
function dyingAtTheEnd(ports: Ports): Ports {
  const complete = () => Promise.reject(new StoreUnavailable('died before the evidence was complete'));
  const { repositories } = ports;
  return { ...ports, repositories: { ...repositories, evidence: { ...repositories.evidence, complete } } };
}

test.each(ACTIVITY_KINDS)('%s changes nothing when it runs a second time', async (kind) => {
  const { step, run, world } = await cameTo(engine, kind);
  const untouched = await world();
  const first = await run(step);
  const after = await world();
  expect(after).not.toEqual(untouched);

  expect(await run(step)).toEqual(first);
  expect(await world()).toEqual(after);
});

test.each(ACTIVITY_KINDS)('%s finds its own work when it died right after it', async (kind) => {
  const { step, run, world, orgId, caseId } = await cameTo(engine, kind);
  await expect(run(step, dyingAtTheEnd(engine.ports))).rejects.toThrow(ApplicationFailure);
  const { proofs, ...after } = await world();
  expect(proofs.find(({ id }) => id === effectId(caseId, step.key, 1))?.status).toBe('failed');

  const result = await run(step);
  expect(result.outcome).toBe('done');
  const { proofs: proven, ...second } = await world();
  expect(second).toEqual(after);
  expect(proven.map(({ id, before }) => ({ id, before }))).toEqual(
    proofs.map(({ id, before }) => ({ id, before })),
  );
  const evidence = await engine.repositories.evidence.get(orgId, result.evidenceId);
  expect(evidence).toMatchObject({ status: 'done' });
  expect(evidence?.errorCode).toBeUndefined();
});

test('an auto-reply whose time is over before it could be given is not applicable', async () => {
  const { plan, run, orgId, accountId } = await openActivities(engine, await writeDeparture(engine));
  const step = plan.steps.find(({ kind }) => kind === 'startAutoReply')!;
  const late = { ...step, params: { untilMs: plan.leaveAtMs - DAY } };
  expect(await run(late)).toMatchObject({ outcome: 'not_applicable' });
  expect((await engine.directory.getAccount(orgId, accountId))?.autoReply).toBeUndefined();
});
