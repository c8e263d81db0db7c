import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StepView } from '../../../shared/domain/case-record.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { stepViewOf } from '../../../shared/domain/case/projection.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import { caseEvent } from './case-events.ts';
import { DAY, NOW, openDeparture, plannedDeparture } from './sample-plan.ts';

const withoutMark = ({ changedAtSequence: _mark, ...view }: StepView) => view;
const shown = (progress: CaseProgress) => progress.plan.steps.map((step) => stepViewOf(progress, step));
const marksOf = (progress: CaseProgress) =>
  Object.fromEntries(shown(progress).map((step) => [step.key, step.changedAtSequence]));

test('a follower who asks for what is newer knows every step as it stands, whatever it did not see in between', () => {
  const happenings = fc.array(fc.record({ event: caseEvent, isLooking: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(happenings, (history) => {
      let current = openDeparture();
      const known = new Map(shown(current).map((step) => [step.key, step]));
      let upTo = current.sequence;
      history.forEach(({ event, isLooking }, index) => {
        current = reduce(current, event(NOW + index * DAY));
        if (!isLooking) return;
        for (const step of shown(current)) {
          const isNewer = (step.changedAtSequence ?? 0) > upTo;
          const before = known.get(step.key);
          // Nobody is told twice of the same, unless it went away and came back unseen.
          if (isNewer) known.set(step.key, step);
          else expect(step).toEqual(before);
        }
        upTo = current.sequence;
      });
      const told = shown(current).filter((step) => (step.changedAtSequence ?? 0) > upTo);
      for (const step of told) known.set(step.key, step);
      expect([...known.values()].map(withoutMark)).toEqual(shown(current).map(withoutMark));
    }),
    { numRuns: 200 },
  );
});

test('marks a step with the change it was last seen in, and no other', () => {
  const started = reduce(openDeparture(), {
    kind: 'stepStarted',
    key: 'notify-manager',
    round: 1,
    atMs: NOW,
  });
  expect(marksOf(started)).toMatchObject({ 'notify-manager': 2 });
  expect(Object.values(marksOf(started)).filter((mark) => mark !== undefined)).toEqual([2]);
  const flagged = reduce(started, { kind: 'stepFlagged', key: 'notify-manager', atMs: NOW });
  expect(flagged.sequence).toBe(3);
  expect(marksOf(flagged)).toEqual(marksOf(started));
});

test('marks what gets its instant from the step that was settled', () => {
  const before = openDeparture();
  const gate = { key: 'purge-gate', round: 1, atMs: NOW };
  const started = reduce(before, { kind: 'stepStarted', ...gate });
  const settled = reduce(started, { kind: 'stepSettled', outcome: 'done', ...gate });
  expect(marksOf(settled)).toMatchObject({
    'purge-gate': settled.sequence,
    'delete-account': settled.sequence,
  });
  expect(marksOf(settled)['disable-account']).toBeUndefined();
});

test('marks every step of another plan, as their order is another', () => {
  const { plan } = plannedDeparture({ version: 2, lastDay: '2026-05-01' });
  const moved = reduce(openDeparture(), { kind: 'rescheduled', plan, atMs: NOW });
  expect(new Set(Object.values(marksOf(moved)))).toEqual(new Set([moved.sequence]));
});
