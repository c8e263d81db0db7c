import { describe, expect, test } from '@jest/globals';
import type { CaseNews } from '../../../shared/domain/case/case-event.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { NOW, openDeparture } from './sample-plan.ts';

const after = (progress: CaseProgress, ...news: readonly CaseNews[]): CaseProgress =>
  news.reduce((now, one) => reduce(now, { ...one, atMs: NOW }), progress);
const automatic = (progress: CaseProgress): readonly string[] =>
  projectionOf(progress)
    .steps.filter((step) => step.automatic === true)
    .map((step) => step.key);
const settled = (key: string): readonly CaseNews[] => [
  { kind: 'stepStarted', key, round: 1 },
  { kind: 'stepSettled', key, round: 1, outcome: 'done' },
];
const settledBefore = (progress: CaseProgress, key: string): CaseProgress => {
  const keys = progress.plan.steps.map((step) => step.key);
  return after(progress, ...keys.slice(0, keys.indexOf(key)).flatMap(settled));
};

describe('a step that waits for nobody', () => {
  test('is automatic, failed or not, until it is settled', () => {
    const open = openDeparture();
    expect(automatic(open)).toContain('disable-account');
    const failed: CaseNews = {
      ...{ kind: 'stepFailed', key: 'disable-account', round: 1, errorCode: 'TARGET_REFUSED', called: false },
    };
    expect(automatic(after(open, failed))).toContain('disable-account');
    expect(automatic(after(open, ...settled('disable-account')))).not.toContain('disable-account');
  });

  test('tells when the first of its kind is due', () => {
    const open = openDeparture();
    const { steps, automaticDueAtMs } = projectionOf(open);
    expect(automaticDueAtMs).toBe(Math.min(...steps.map((step) => step.dueAtMs ?? Infinity)));
    expect(automaticDueAtMs).toBeDefined();
  });
});

describe('a step that waits for somebody is not automatic', () => {
  test('when it lacks an approval', () => {
    const atGate = settledBefore(openDeparture(), 'purge-gate');
    expect(automatic(atGate)).not.toContain('purge-gate');
    expect(projectionOf(atGate).dueAtMs).toBeDefined();
    const approved = after(atGate, { kind: 'approved', key: 'purge-gate', actorId: 'own_other' });
    expect(automatic(approved)).toContain('purge-gate');
    expect(automatic(after(approved, { kind: 'holdPlaced' }))).not.toContain('purge-gate');
  });

  test('when what it depends on is not settled', () => {
    expect(automatic(openDeparture())).not.toContain('delete-account');
  });

  test('when it takes away, and the organisation is frozen', () => {
    const frozen = after(openDeparture(), { kind: 'frozen' });
    expect(automatic(frozen)).not.toContain('disable-account');
    expect(automatic(frozen)).toContain('take-snapshot');
  });

  test.each<CaseNews>([{ kind: 'paused' }, { kind: 'cancelled' }])('when the whole case is $kind', (news) => {
    const projection = projectionOf(after(openDeparture(), news));
    expect(projection.steps.some((step) => step.automatic)).toBe(false);
    expect(projection.automaticDueAtMs).toBeUndefined();
  });

  test('when a person carries it out', () => {
    const open = openDeparture();
    const steps = open.plan.steps.map((step) =>
      step.key === 'disable-account' ? { ...step, manual: true as const } : step,
    );
    expect(automatic({ ...open, plan: { ...open.plan, steps } })).not.toContain('disable-account');
  });
});
