import { describe, expect, test } from '@jest/globals';
import type { CallOutcome, TargetConnector } from '../../../activities/ports/target-connector.ts';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import { createFaultyConnector } from '../../support/faulty-connector.ts';

const ref = { target: 'directory', accountId: 'acc_1' };
const call = { effectKey: 'eff:test', asOfMs: 0 };

function setUp() {
  let done = 0;
  const disable = (): Promise<CallOutcome> =>
    Promise.resolve({ kind: (done += 1) === 1 ? 'changed' : 'already' });
  const real = { kind: 'test', disable } as unknown as TargetConnector;
  return { ...createFaultyConnector(real), done: () => done };
}

describe('the faulty connector', () => {
  test('fails as often as it was told, doing nothing, and works after', async () => {
    const { connector, faults, done } = setUp();
    faults.fail('disable', 2, 5_000);
    for (let n = 0; n < 2; n += 1) {
      const error: unknown = await connector.disable(ref, 'leave', call).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TargetUnavailable);
      expect((error as TargetUnavailable).retryAfterMs).toBe(5_000);
    }
    expect(done()).toBe(0);
    expect(await connector.disable(ref, 'leave', call)).toEqual({ kind: 'changed' });
    expect(faults.calls('disable')).toBe(3);
  });

  test('loses the answer of a call that did its work', async () => {
    const { connector, faults, done } = setUp();
    faults.loseAnswer('disable', 1);
    await expect(connector.disable(ref, 'leave', call)).rejects.toThrow(TargetUnavailable);
    expect(done()).toBe(1);
    expect(await connector.disable(ref, 'leave', call)).toEqual({ kind: 'already' });
  });

  test('refuses, hangs, and heals', async () => {
    const { connector, faults, done } = setUp();
    faults.refuse('disable', 'mailbox_changed', 1);
    expect(await connector.disable(ref, 'leave', call)).toEqual({
      kind: 'refused',
      reason: 'mailbox_changed',
    });
    faults.hang('disable', 1);
    const hanging = connector.disable(ref, 'leave', call);
    expect(
      await Promise.race([hanging, new Promise((resolve) => setTimeout(() => resolve('late'), 20))]),
    ).toBe('late');
    faults.fail('disable', 1_000);
    faults.heal();
    expect(await connector.disable(ref, 'leave', call)).toEqual({ kind: 'changed' });
    expect(done()).toBe(1);
  });
});
