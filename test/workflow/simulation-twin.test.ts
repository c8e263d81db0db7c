import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectId } from '../../shared/domain/ids.ts';
import { expectedCall, type AccountFacts } from '../../shared/domain/planner/expected-calls.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { DeparturePlanInput } from '../../shared/domain/planner/plan-departure.ts';
import { DAY, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** Case time that passes while a step is carried out, on a busy machine. */
const TOLERANCE_MS = 20_000;

interface SimulatedCall {
  readonly operation: string;
  readonly effectKey: string;
  readonly atMs: number;
}

/** Every call that will change something, in order, from the plan and the account as it stands before day 0. */
async function simulate(departure: TestDeparture): Promise<readonly SimulatedCall[]> {
  const { orgId, accountId, caseId } = departure;
  const account = await engine.directory.getAccount(orgId, accountId);
  const { plan } = await departure.record();
  const facts: AccountFacts = {
    status: account!.status,
    role: account!.role,
    sessionCount: account!.sessionCount,
    appPasswordCount: account!.appPasswords.length,
    ownRuleCount: account!.forwards.length + account!.rules.length,
  };
  const instants = simulatedInstants(plan);
  return plan.steps
    .flatMap((step) => {
      const operation = expectedCall(step.kind, facts);
      const atMs = instants.get(step.key)!;
      return operation === undefined ? [] : [{ operation, effectKey: effectId(caseId, step.key, 1), atMs }];
    })
    .sort((a, b) => a.atMs - b.atMs);
}

const CASES: readonly {
  readonly name: string;
  readonly plan: Partial<DeparturePlanInput>;
  readonly administrator: boolean;
  readonly prepare?: (departure: TestDeparture) => Promise<unknown>;
  readonly calls: number;
}[] = [
  { name: 'an administrator with everything', plan: {}, administrator: true, calls: 9 },
  { name: 'a user', plan: {}, administrator: false, calls: 8 },
  {
    name: 'a departure without auto-reply',
    plan: { autoReplyDays: undefined as never },
    administrator: false,
    calls: 6,
  },
  {
    name: 'an account whose sessions and app passwords are gone already',
    plan: {},
    administrator: true,
    async prepare({ orgId, accountId }) {
      const call = { effectKey: 'by-hand', asOfMs: 0 };
      await engine.directory.revokeSessions(orgId, accountId, call);
      await engine.directory.revokeAppPasswords(orgId, accountId, call);
      await engine.directory.removeOwnRules(orgId, accountId, call);
    },
    calls: 6,
  },
];

test.each(CASES)('does to $name what the simulation said, at the instants it said', async (given) => {
  const { plan, administrator, prepare, calls } = given;
  const departure = await startDeparture(engine, { plan, administrator });
  await prepare?.(departure);
  await departure.approve();
  const simulated = await simulate(departure);
  await departure.forwardTo(122 * DAY);
  await departure.until((record) => record.closedAtMs !== undefined);

  const executed = await departure.effectLog();
  expect(executed.map(({ operation, effectKey }) => ({ operation, effectKey }))).toEqual(
    simulated.map(({ operation, effectKey }) => ({ operation, effectKey })),
  );
  expect(executed).toHaveLength(calls);
  for (const [index, effect] of executed.entries()) {
    const late = effect.atMs - simulated[index]!.atMs;
    expect([effect.operation, late >= 0 && late < TOLERANCE_MS]).toEqual([effect.operation, true]);
  }
});
