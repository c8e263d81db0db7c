import { describe, expect, test } from '@jest/globals';
import { changesBetween, isOver } from '../../../cli/departures/timeline.ts';
import type { ShownDeparture, ShownStep } from '../../../shared/platform/api-client/shown-departure.ts';

const instant = { utc: '2027-01-29T16:30:00.000Z', local: '2027-01-29T17:30+01:00' };
const NOW_MS = Date.parse('2027-01-29T17:00:00.000Z');

function aStep(key: string, changes: Partial<ShownStep> = {}): ShownStep {
  return { key, kind: key, status: 'waiting', needsApproval: false, rounds: [], ...changes };
}

function aDeparture(steps: readonly ShownStep[], changes: Partial<ShownDeparture> = {}): ShownDeparture {
  return {
    ...{ id: 'cas_1', personId: 'per_1', state: 'running', needsAttention: false, leaveAt: instant },
    plan: { timeZone: 'Europe/Zurich' },
    steps,
    ...changes,
  };
}

const done = (key: string, settledAt = instant.utc) => aStep(key, { status: 'done', settledAt });
const failed = (key: string, code: string) =>
  aStep(key, { status: 'failed', error: { code, sentence: 'It did not work.' } });

describe('what happened between two looks', () => {
  test('is everything so far at the first one, the oldest first, and nothing that waits', () => {
    const now = aDeparture([
      done('b', '2027-01-29T16:31:00.000Z'),
      done('a', '2027-01-29T16:30:00.000Z'),
      aStep('c'),
    ]);
    expect(changesBetween(undefined, now, NOW_MS).map(({ step }) => step)).toEqual(['a', 'b']);
  });

  test('is what changed since, with the reason', () => {
    const before = aDeparture([done('a'), aStep('b', { status: 'retrying' }), aStep('c')]);
    const now = aDeparture([done('a'), failed('b', 'TARGET_UNAVAILABLE'), aStep('c')]);
    expect(changesBetween(before, now, NOW_MS)).toEqual([
      {
        ...{ step: 'b', status: 'failed', atMs: NOW_MS },
        error: { code: 'TARGET_UNAVAILABLE', sentence: 'It did not work.' },
      },
    ]);
  });

  test('is told again when a step fails for another reason, or waits again', () => {
    const red = aDeparture([failed('b', 'TARGET_UNAVAILABLE')]);
    expect(changesBetween(red, aDeparture([failed('b', 'UNEXPECTED')]), NOW_MS)).toHaveLength(1);
    expect(changesBetween(red, aDeparture([aStep('b')]), NOW_MS)).toMatchObject([{ status: 'waiting' }]);
    expect(changesBetween(red, red, NOW_MS)).toEqual([]);
  });
});

describe('a watch', () => {
  const dayZero = [done('disable-account'), done('prove-day-0'), aStep('prove-day-1')];

  test('until day 0 ends when every target was proven, and not before', () => {
    expect(isOver(aDeparture(dayZero), 'day0')).toBe(true);
    expect(isOver(aDeparture([...dayZero, aStep('prove-day-0@branch')]), 'day0')).toBe(false);
    expect(isOver(aDeparture([...dayZero, done('prove-day-0@branch')]), 'day0')).toBe(true);
    expect(isOver(aDeparture([aStep('prove-day-0')]), 'day0')).toBe(false);
  });

  test('until day 0 ends as well when somebody is needed first', () => {
    expect(isOver(aDeparture([failed('prove-day-0', 'X')], { needsAttention: true }), 'day0')).toBe(true);
  });

  test('goes on over a case that needs attention, unless that is what it waits for', () => {
    const red = aDeparture(dayZero, { needsAttention: true });
    expect(isOver(red, 'closed')).toBe(false);
    expect(isOver(red, 'needs_attention')).toBe(true);
  });

  test.each(['closed', 'needs_attention', 'day0'] as const)(
    'until %s ends when the case is closed',
    (end) => {
      expect(isOver(aDeparture([aStep('prove-day-0')], { closedAt: instant.utc }), end)).toBe(true);
    },
  );
});
