import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import { deceitsOf } from '../support/deceits.ts';
import { DEPARTURE_KINDS } from '../support/departure-kinds.ts';
import { DAY, HOUR, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { lie, override } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { testSideBySide } from '../support/side-by-side.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const DECEITS = deceitsOf(() => engine);
const AFTER_DELETION: readonly StepKind[] = ['quarantineAddress', 'dropKeptRedirect'];

testSideBySide(
  DEPARTURE_KINDS,
  (kind) => `does not believe a lie about ${kind}`,
  async (kind) => {
    const { stepKey, errorCode, fromDay, redOnDay, begin, undone, asks } = DECEITS[kind];
    const departure = await startDeparture(engine, { policy: FEW_TRIES, ...asks });
    await departure.approve();
    if (fromDay > 0) await departure.forwardTo(fromDay * DAY);
    expect((await departure.record()).needsAttention).toBe(false);
    await begin(departure);
    if (undone) await departure.undo();
    expect((await departure.record()).plan.steps.find((step) => step.key === stepKey)?.kind).toBe(kind);

    await departure.forwardTo(redOnDay * DAY + HOUR);
    expect(await departure.step(stepKey)).toMatchObject({ status: 'failed', errorCode });
    expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });

    await departure.forwardBy(10 * DAY);
    const later = await departure.record();
    expect(later).toMatchObject({ state: 'needs_attention', needsAttention: true });
    expect(later.closedAtMs).toBeUndefined();
    expect(await departure.accountExists()).toBe(!AFTER_DELETION.includes(kind));
    expect((await departure.effects()).includes('deleteAccount')).toBe(AFTER_DELETION.includes(kind));
  },
);

test.each([
  ['revokeOauthGrants', 'revoke-other-credentials'],
  ['voidLinks', 'revoke-other-credentials'],
  ['setMemberships', 'remove-memberships'],
])('does not believe a lie about %s, one of several calls of %s', async (operation, stepKey) => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  override(engine, departure.orgId, { [operation]: lie });
  await departure.forwardTo(3 * DAY);
  expect(await departure.step(stepKey)).toMatchObject({ status: 'failed', errorCode: 'READ_BACK_MISMATCH' });
  expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
});
