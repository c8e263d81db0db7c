import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chainsOf } from '../../../shared/domain/case/chains.ts';
import { nextWork, startableSteps } from '../../../shared/domain/case/next-work.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { DAY_ZERO_KEYS } from '../../../shared/domain/planner/departure/day-zero.ts';
import { runPlan } from './run-plan.ts';
import { DAY, NOW, NUMBERS, openDeparture } from './sample-plan.ts';

const keysOf = (progress: CaseProgress, nowMs: number): readonly (readonly string[])[] =>
  chainsOf(progress, nextWork(progress, nowMs, NUMBERS).start, nowMs).map((chain) =>
    chain.map((step) => step.key),
  );

/** At the leave time, with everything before it carried out. */
function atLeaveTime(overrides: Parameters<typeof openDeparture>[0] = {}) {
  const open = openDeparture(overrides);
  const { leaveAtMs } = open.plan;
  return { leaveAtMs, progress: runPlan(open, { fromMs: NOW, untilMs: leaveAtMs - 1 }).progress };
}

test('the whole lockout is one chain, in its order', () => {
  const { progress, leaveAtMs } = atLeaveTime();
  expect(keysOf(progress, leaveAtMs)).toContainEqual(Object.values(DAY_ZERO_KEYS));
});

test('each target has a chain of its own', () => {
  const { progress, leaveAtMs } = atLeaveTime({ targets: ['directory', 'archive-server'] });
  const chains = keysOf(progress, leaveAtMs).filter((chain) => chain.length > 1);
  expect(chains).toHaveLength(2);
  expect(chains.map((chain) => chain.filter((key) => key.startsWith('disable-account')).length)).toEqual([
    1, 1,
  ]);
});

test('a frozen organisation has nothing taken along that takes something away', () => {
  const { progress, leaveAtMs } = atLeaveTime();
  const frozen = reduce(progress, { kind: 'frozen', atMs: leaveAtMs });
  expect(keysOf(frozen, leaveAtMs).flat()).not.toContain(DAY_ZERO_KEYS.disableAccount);
});

test('what takes long, or cannot be called back, is started alone', () => {
  const { progress } = atLeaveTime();
  const later = runPlan(progress, { fromMs: NOW, untilMs: progress.plan.leaveAtMs + 200 * DAY });
  const alone = later.progress.plan.steps.filter((step) => step.destructive || step.patience !== 'dayZero');
  for (const step of alone) {
    const waiting = { ...later.progress.steps[step.key]!, status: 'waiting' as const };
    const again = { ...later.progress, steps: { ...later.progress.steps, [step.key]: waiting } };
    expect(chainsOf(again, [step], Number.MAX_SAFE_INTEGER)).toEqual([[step]]);
  }
});

test('at any instant, chains hold every step that may start, no step twice, and only what follows', () => {
  const open = openDeparture({ targets: ['directory', 'archive-server'] });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), (untilDay, nowDay) => {
      const { progress } = runPlan(open, { fromMs: NOW, untilMs: NOW + untilDay * DAY });
      const nowMs = NOW + nowDay * DAY;
      const startable = startableSteps(progress, nowMs);
      const chains = chainsOf(progress, startable, nowMs);
      expect(chains.map(([first]) => first)).toEqual(startable);
      const keys = chains.flat().map((step) => step.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const chain of chains)
        chain.slice(1).forEach((step, index) => expect(step.follows).toContain(chain[index]?.key));
    }),
  );
});
