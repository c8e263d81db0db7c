import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TargetUnavailable } from '../../activities/ports/target-unavailable.ts';
import type { TargetConnector } from '../../activities/ports/target-connector.ts';
import { KINDS_OF_ONBOARDINGS } from '../../shared/domain/step-kinds.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, override } from '../support/interceptions.ts';
import { startOnboarding } from '../support/onboarding.ts';
import { onboardingLies } from '../support/onboarding-deceits.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { testSideBySide } from '../support/side-by-side.ts';
import { unlessOver } from '../support/unless-over.ts';
import { statusOf } from '../support/departure.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const LIES = onboardingLies(() => engine);

testSideBySide(
  KINDS_OF_ONBOARDINGS,
  (kind) => `does not believe a lie about ${kind}, and goes on once it is over`,
  async (kind) => {
    const { stepKey, errorCode, fromDay, redOnDay, undone, begin, mend } = LIES[kind];
    const onboarding = await startOnboarding(engine, { policy: FEW_TRIES });
    const { orgId } = onboarding;
    await onboarding.forwardTo(fromDay * DAY);
    expect((await onboarding.record()).needsAttention).toBe(false);
    begin(onboarding);
    if (undone) await onboarding.undo();
    await onboarding.forwardTo(redOnDay * DAY + HOUR);
    expect(await onboarding.step(stepKey)).toMatchObject({ status: 'failed', errorCode });
    const red = await onboarding.record();
    expect(red).toMatchObject({ state: 'needs_attention', needsAttention: true });
    expect(red.closedAtMs).toBeUndefined();

    heal(engine, orgId);
    await mend?.(onboarding);
    await onboarding.command('retryStep', { actorId: 'own_hr', stepKey });
    await onboarding.until((record) => statusOf(record, stepKey) === 'done');
    await unlessOver(onboarding, onboarding.forwardTo(40 * DAY));
    const failed = (await onboarding.record()).steps.filter(({ status }) => status === 'failed');
    for (const { key } of failed) await onboarding.command('retryStep', { actorId: 'own_hr', stepKey: key });
    await onboarding.until(({ closedAtMs }) => closedAtMs !== undefined);
    expect((await onboarding.record()).state).toBe(undone ? 'undone' : 'completed');
  },
);

const down = () => Promise.reject(new TargetUnavailable('the target is down'));
const ALL_DOWN: Partial<TargetConnector> = {
  ...{ read: down, createAccount: down, enable: down, disable: down, deleteAccount: down },
};
/** Where what comes before has to go well. */
const ONLY: Readonly<Record<string, Partial<TargetConnector>>> = {
  'add-memberships': { setMemberships: down },
  'prove-usable': { probeControl: down },
  'undo-create-account': { deleteAccount: down },
};
const TARGET_STEPS: readonly [string, number, boolean][] = [
  ['create-account', -8, false],
  ['add-memberships', -8, false],
  ['activate-account', -1, false],
  ['prove-usable', -1, false],
  ['follow-up', 6, false],
  ['undo-activate-account', 2, true],
  ['undo-add-memberships', 2, true],
  ['undo-create-account', 2, true],
];

testSideBySide(
  TARGET_STEPS,
  ([stepKey]) => `${stepKey} waits for a target that is down, and goes on by itself`,
  async ([stepKey, fromDay, undone]) => {
    const onboarding = await startOnboarding(engine);
    const { orgId } = onboarding;
    await onboarding.forwardTo(fromDay * DAY);
    override(engine, orgId, ONLY[stepKey] ?? ALL_DOWN);
    if (undone) await onboarding.undo();
    await onboarding.forwardBy(undone ? HOUR : DAY + 2 * HOUR);
    expect((await onboarding.step(stepKey)).status).toBe('retrying');
    expect((await onboarding.record()).closedAtMs).toBeUndefined();
    heal(engine, orgId);
    await unlessOver(onboarding, onboarding.forwardTo(20 * DAY));
    await onboarding.until(({ closedAtMs }) => closedAtMs !== undefined);
    expect((await onboarding.record()).state).toBe(undone ? 'undone' : 'completed');
  },
);

test('a mail that cannot be sent parks the step, not the account', async () => {
  const onboarding = await startOnboarding(engine, { policy: FEW_TRIES });
  await onboarding.forwardTo(-DAY);
  LIES.giveWelcome.begin(onboarding);
  await onboarding.forwardTo(5 * DAY);
  expect(await onboarding.account()).toMatchObject({ status: 'active' });
  expect(await onboarding.stepStatuses()).toMatchObject({
    'give-welcome': 'failed',
    'prove-usable': 'waiting',
  });
  heal(engine, onboarding.orgId);
  await onboarding.command('retryStep', { actorId: 'own_hr', stepKey: 'give-welcome' });
  await onboarding.until((record) => statusOf(record, 'prove-usable') === 'done');
});
