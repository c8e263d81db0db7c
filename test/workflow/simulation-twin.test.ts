import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { factsOf } from '../../api/departures/account-facts.ts';
import { effectId } from '../../shared/domain/ids.ts';
import { expectedCalls, OWN_KEY_CALL } from '../../shared/domain/planner/expected-calls.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { RedirectRequest } from '../../shared/domain/departure.ts';
import type { DeparturePlanInput } from '../../shared/domain/planner/plan-departure.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import type { DirectoryEffect } from '../../directory/store/directory-store.ts';
import { BRANCH } from '../support/branch.ts';
import { DAY, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** Case time that passes while a step is carried out, on a busy machine. */
const TOLERANCE_MS = 20_000;

const SEVERAL: ReadonlySet<string> = new Set(['revokeOtherCredentials', 'removeMemberships']);

interface SimulatedCall {
  readonly operation: string;
  readonly effectKey: string;
  readonly atMs: number;
}

const directoryOf = (target: string) => (target === BRANCH ? engine.branch : engine.directory);

/** Every call that will change something on a target, in order, from the plan and the account as it stands before day 0. */
async function simulate(departure: TestDeparture, target = FIRST_TARGET): Promise<readonly SimulatedCall[]> {
  const { orgId, accountId, caseId } = departure;
  const account = await directoryOf(target).getAccount(orgId, accountId);
  const { plan } = await departure.record();
  const facts = factsOf(account!, 1);
  const instants = simulatedInstants(plan);
  return plan.steps
    .filter((step) => (step.params['target'] ?? FIRST_TARGET) === target)
    .flatMap((step) => {
      const operations = expectedCalls(step.kind, facts).filter((operation) => operation !== OWN_KEY_CALL);
      const effectKey = effectId(caseId, step.key, 1);
      // The calls of a step that makes several have keys of their own.
      const keyOf = (operation: string) => (SEVERAL.has(step.kind) ? `${effectKey}:${operation}` : effectKey);
      const atMs = instants.get(step.key)!;
      return operations.map((operation) => ({ operation, effectKey: keyOf(operation), atMs }));
    })
    .sort((a, b) => a.atMs - b.atMs);
}

const CASES: readonly {
  readonly name: string;
  readonly plan: Partial<DeparturePlanInput>;
  readonly administrator: boolean;
  readonly redirect?: Partial<RedirectRequest>;
  readonly prepare?: (departure: TestDeparture) => Promise<unknown>;
  readonly calls: number;
}[] = [
  { name: 'an administrator with everything', plan: {}, administrator: true, calls: 15 },
  { name: 'a user', plan: {}, administrator: false, calls: 14 },
  {
    name: 'a departure without auto-reply',
    plan: { autoReplyDays: undefined as never },
    administrator: false,
    calls: 12,
  },
  // Another end than the auto-reply's: what ends at one instant ends in any order.
  { name: 'a departure with a redirect', plan: {}, administrator: false, redirect: { days: 20 }, calls: 16 },
  {
    name: 'a departure whose redirect outlives the account',
    plan: {},
    administrator: false,
    redirect: { days: 130, outliveAccount: true },
    calls: 17,
  },
  {
    name: 'an account of which everything was taken already',
    plan: {},
    administrator: true,
    async prepare({ orgId, accountId }) {
      const call = { effectKey: 'by-hand', asOfMs: 0 };
      await engine.directory.revokeSessions(orgId, accountId, call);
      await engine.directory.revokeAppPasswords(orgId, accountId, call);
      await engine.directory.removeOwnRules(orgId, accountId, call);
      await engine.directory.revokeOauthGrants(orgId, accountId, call);
      await engine.directory.voidLinks(orgId, accountId, call);
      await engine.directory.removeRecoveryMeans(orgId, accountId, call);
      await engine.directory.setProtocols(orgId, accountId, { imap: false, pop: false, smtp: false });
      await engine.directory.setMemberships(orgId, accountId, { groups: [], lists: [] });
      await engine.directory.setDelegations(orgId, accountId, []);
    },
    calls: 6,
  },
];

test.each(CASES)('does to $name what the simulation said, at the instants it said', async (given) => {
  const { plan, administrator, redirect, prepare, calls } = given;
  const departure = await startDeparture(engine, {
    ...{ plan, administrator },
    ...(redirect === undefined ? {} : { redirect }),
  });
  await prepare?.(departure);
  await departure.approve();
  const simulated = await simulate(departure);
  await departure.forwardTo(131 * DAY);
  await departure.until((record) => record.closedAtMs !== undefined);

  const executed = await departure.effectLog();
  expect(executed).toHaveLength(calls);
  expectTwin(executed, simulated);
});

function expectTwin(executed: readonly DirectoryEffect[], simulated: readonly SimulatedCall[]): void {
  expect(executed.map(({ operation, effectKey }) => ({ operation, effectKey }))).toEqual(
    simulated.map(({ operation, effectKey }) => ({ operation, effectKey })),
  );
  for (const [index, effect] of executed.entries()) {
    const late = effect.atMs - simulated[index]!.atMs;
    expect([effect.operation, late >= 0 && late < TOLERANCE_MS]).toEqual([effect.operation, true]);
  }
}

test('does on each of two targets what the simulation said of it', async () => {
  const departure = await startDeparture(engine, { onBranch: true });
  const { orgId, accountId } = departure;
  await engine.branch.revokeSessions(orgId, accountId, { effectKey: 'by-hand', asOfMs: 0 });
  await departure.approve();
  const targets = [FIRST_TARGET, BRANCH];
  const simulated = await Promise.all(targets.map((target) => simulate(departure, target)));
  expect(simulated.map((calls) => calls.length)).toEqual([15, 14]);
  await departure.forwardTo(131 * DAY);
  await departure.until((record) => record.closedAtMs !== undefined);
  for (const [index, target] of targets.entries()) {
    const all = await directoryOf(target).readEffects(orgId);
    const ours = all.filter(
      (effect) => effect.accountId === accountId && effect.effectKey.startsWith('eff:'),
    );
    expectTwin(ours, simulated[index]!);
  }
});
