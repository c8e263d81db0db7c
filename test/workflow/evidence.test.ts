import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { canonicalJson } from '../../api/evidence/canonical-json.ts';
import { departureEvidence } from '../../api/evidence/evidence-pack.ts';
import { evidencePage } from '../../api/evidence/evidence-page.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { BRANCH } from '../support/branch.ts';
import { APPROVER, DAY, HOUR, REQUESTER, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';
import { asDeparture } from '../support/as-departure.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const packOf = async (departure: TestDeparture) =>
  departureEvidence(
    { repositories: engine.repositories, calendar: localCalendar },
    asDeparture(await engine.repositories.cases.get(departure.orgId, departure.caseId)),
  );

test('outlives the account: every call, read-back, proof and hash of a departure over two targets', async () => {
  const departure = await startDeparture(engine, { onBranch: true });
  const faults = makeFaulty(engine, departure.orgId, BRANCH);
  faults.fail('disable', 2);
  await departure.forwardTo(HOUR);
  heal(engine, departure.orgId, BRANCH);
  await departure.approve();
  await departure.forwardTo(122 * DAY);
  await departure.until((record) => record.closedAtMs !== undefined);
  expect(await departure.accountExists()).toBe(false);

  const pack = await packOf(departure);
  expect(pack.departure).toMatchObject({ state: 'completed', requestedBy: REQUESTER });
  expect(pack.person).toMatchObject({ fullName: 'Lea Leaver', status: 'departed' });
  const { lockout } = pack.departure;
  expect(lockout.targets.map((one) => one.target)).toEqual(['directory', BRANCH]);
  expect(lockout.timeToLockoutMs).toBe(Math.max(...lockout.targets.map((one) => one.timeToLockoutMs!)));
  expect(pack.archive.map(({ part, target }) => [part, target])).toEqual([
    ['branch-part-1', BRANCH],
    ['part-1', undefined],
  ]);
  for (const { manifestSha256 } of pack.archive) expect(manifestSha256).toMatch(/^[0-9a-f]{64}$/u);

  const roundOf = (key: string) => pack.steps.find((step) => step.key === key)!.rounds[0]!;
  expect(roundOf('disable-account')).toMatchObject({
    before: { status: 'active' },
    after: { status: 'disabled' },
  });
  const attempts = roundOf(`disable-account@${BRANCH}`).attempts;
  expect(attempts.map(({ error }) => error?.code)).toEqual([
    'TARGET_UNAVAILABLE',
    'TARGET_UNAVAILABLE',
    undefined,
  ]);
  expect(roundOf('delete-account').proof).toMatchObject({ answer: 'changed', approvedBy: APPROVER });
  expect(pack.steps.find((step) => step.key === 'purge-gate')).toMatchObject({ approvedBy: APPROVER });
  expect(pack.steps.flatMap((step) => (step.rounds.length === 0 ? [step.key] : []))).toEqual([]);

  const { sha256, ...rest } = pack;
  expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(sha256);
  expect((await packOf(departure)).sha256).toBe(sha256);

  const page = evidencePage(pack).markup;
  for (const { key } of pack.steps) expect(page).toContain(key);
  for (const { manifestSha256 } of pack.archive) expect(page).toContain(manifestSha256);
  expect(page).toContain(sha256);
});

test('keeps what was done by steps that are no longer in the plan', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(DAY);
  await departure.undo();
  await departure.until((record) => record.closedAtMs !== undefined);
  const pack = await packOf(departure);
  expect(pack.departure.state).toBe('undone');
  const keys = pack.steps.flatMap((step) => (step.rounds.length > 0 ? [step.key] : []));
  expect(keys).toEqual(expect.arrayContaining(['disable-account', 'undo-disable-account']));
  const proofs = await engine.repositories.evidence.listByCase(departure.orgId, departure.caseId);
  expect(new Set(keys)).toEqual(new Set(proofs.map(({ stepKey }) => stepKey)));
});
