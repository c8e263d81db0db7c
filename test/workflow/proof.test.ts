import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SignInProbe } from '../../activities/ports/target-connector.ts';
import { DAY, HOUR, MINUTE, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, override } from '../support/interceptions.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const refused: SignInProbe = { protocol: 'web', result: 'refused_disabled' };

test.each<readonly [string, readonly SignInProbe[], string]>([
  [
    'one protocol does not answer',
    [refused, { protocol: 'imap', result: 'unavailable' }],
    'TARGET_UNAVAILABLE',
  ],
  ['no protocol was tried', [], 'TARGET_UNAVAILABLE'],
  [
    'one refuses a wrong password, not the account',
    [refused, { protocol: 'imap', result: 'refused_credentials' }],
    'LOCKOUT_NOT_PROVEN',
  ],
  [
    'one is only switched off',
    [refused, { protocol: 'imap', result: 'refused_protocol' }],
    'LOCKOUT_NOT_PROVEN',
  ],
])('does not count a lockout as proven when %s', async (_what, probes, errorCode) => {
  const departure = await startDeparture(engine);
  override(engine, departure.orgId, { probeSignIn: () => Promise.resolve(probes) });
  await departure.forwardTo(HOUR);
  expect(await departure.step('prove-day-0')).toMatchObject({ status: 'retrying', errorCode });
  expect(await departure.record()).toMatchObject({ needsAttention: true });

  heal(engine, departure.orgId);
  await departure.forwardBy(15 * MINUTE);
  expect((await departure.step('prove-day-0')).status).toBe('done');
});

test('does not count a refusal as a proof while the control account cannot sign in either', async () => {
  const departure = await startDeparture(engine);
  const { orgId } = departure;
  await engine.targetOf(orgId).probeControl();
  const control = (await engine.directory.findByAddress(orgId, 'control-account@gangway.invalid'))!;
  await engine.directory.disable(orgId, control.id, 'suspicious', { effectKey: 'hand:1', asOfMs: 0 });
  await departure.forwardTo(DAY / 2);
  expect(await departure.step('prove-day-0')).toMatchObject({
    status: 'retrying',
    errorCode: 'CONTROL_ACCOUNT_FAILED',
  });

  await engine.directory.enable(orgId, control.id);
  await departure.forwardBy(15 * MINUTE);
  expect((await departure.step('prove-day-0')).status).toBe('done');
});
