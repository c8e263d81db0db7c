import { describe, expect, test } from '@jest/globals';
import {
  allowedKinds,
  confirmDecision,
  decide,
  maySecond,
  rejectDecision,
  SCOPE_NEEDED,
  type DecisionScene,
  type WantedDecision,
} from '../../../shared/domain/reviews/decide.ts';
import { DECISION_KINDS, type Decider, type Decision } from '../../../shared/domain/reviews/decision.ts';
import { FINDING_STATES, type Finding, type FindingState } from '../../../shared/domain/reviews/finding.ts';
import type { ReviewState } from '../../../shared/domain/reviews/review.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { aFinding, aReview } from '../../support/review-builders.ts';

/** In Zurich it is the 12th already. */
const NOW_MS = Date.UTC(2027, 0, 11, 23, 30);
const LEA = { firstName: 'Lea', lastName: 'Leaver' };
const review = aReview('org_1', NOW_MS);
const by: Decider = { ownerId: 'own_1', personId: 'per_mona', via: 'key', scopes: ['reviews:write'] };
const other: Decider = { ownerId: 'own_2', via: 'key', scopes: ['reviews:write'] };

interface Case {
  readonly finding?: Partial<Finding>;
  readonly state?: ReviewState;
  readonly person?: typeof LEA | undefined;
}

function scene({ finding, state = 'open', person = LEA }: Case = {}): DecisionScene {
  return {
    finding: aFinding(review, { personId: 'per_lea', ...finding }),
    review: { ...review, state },
    rule: { allows: DECISION_KINDS.filter((kind) => kind !== 'keep' && kind !== 'attest') },
    ...{ person, calendar: localCalendar, nowMs: NOW_MS },
  };
}

const reason = 'nobody needs it';
const disable: WantedDecision = { kind: 'disable', reason };
const keep = (until: string): WantedDecision => ({ kind: 'keep', until, reason });
const depart = (lastDay: string): WantedDecision => ({ kind: 'start_departure', lastDay, reason });
const refused = (code: string, more = {}) => ({ kind: 'refused', code, ...more });
const decisionOf = (wanted: WantedDecision, more: Partial<Decision> = {}) =>
  ({ ...wanted, by, atMs: NOW_MS - 1, ...more }) as Decision;

describe('what was decided', () => {
  test.each<[WantedDecision, FindingState, number | undefined]>([
    [keep('2027-06-30'), 'kept', NOW_MS],
    [{ kind: 'attest', proof: 'ticket 12', reason }, 'attested', undefined],
    [disable, 'decided', NOW_MS],
    [{ kind: 'start_departure', reason }, 'decided', NOW_MS],
    [depart('2027-01-29'), 'decided', NOW_MS],
    [{ kind: 'change_role', role: 'user', reason }, 'decided', NOW_MS],
    [{ kind: 'remove_alias', reason }, 'decided', NOW_MS],
    [{ kind: 'remove_redirect', reason }, 'decided', NOW_MS],
    [{ kind: 'end_auto_reply', reason }, 'decided', NOW_MS],
    [{ kind: 'start_deletion', typedName: 'Lea  Leaver', reason }, 'decided', NOW_MS],
  ])('%j makes the finding %s', (wanted, state, nextAtMs) => {
    const decision = { ...wanted, by, atMs: NOW_MS };
    const expected = { kind: 'changes', changes: { state, decision, action: undefined, nextAtMs } };
    expect(decide(scene(), wanted, by)).toEqual(expected);
    // Of an administrator the same, but not before somebody else agreed.
    const ofAdministrator = scene({ finding: { needsSecond: true } });
    const first = decide(ofAdministrator, wanted, by);
    expect(first).toEqual({
      kind: 'changes',
      changes: { state: 'awaiting_second', decision, nextAtMs: undefined },
    });
    const waiting = scene({ finding: { needsSecond: true, state: 'awaiting_second', decision } });
    expect(confirmDecision(waiting, other)).toEqual({
      kind: 'changes',
      changes: {
        ...expected.changes,
        decision: { ...decision, second: { ...other, atMs: NOW_MS } },
      },
    });
  });

  test('about an account of nobody needs nobody to be known', () => {
    const { personId: _nobody, ...finding } = aFinding(review);
    expect(decide({ ...scene(), finding, person: undefined }, disable, by)).toMatchObject({
      kind: 'changes',
    });
  });
});

describe('when', () => {
  test.each(FINDING_STATES)('a finding that is %s', (state) => {
    const verdict = decide(scene({ finding: { state } }), disable, by);
    const isUndecided = ['open', 'awaiting_second', 'refused'].includes(state);
    expect(verdict).toMatchObject(isUndecided ? { kind: 'changes' } : refused('FINDING_STATE'));
  });

  test.each<[ReviewState, FindingState, boolean]>([
    ['collecting', 'open', false],
    ['open', 'open', true],
    ['carrying_out', 'open', false],
    ['carrying_out', 'refused', true],
    ['carrying_out', 'awaiting_second', true],
    ['completed', 'refused', false],
    ['cancelled', 'refused', false],
    ['cancelled', 'awaiting_second', false],
  ])('in a review that is %s, of a finding that is %s: %s', (state, findingState, isTaken) => {
    const decision = decisionOf(disable);
    const at = scene({ state, finding: { state: findingState, decision } });
    const expected = isTaken ? { kind: 'changes' } : refused('REVIEW_NOT_OPEN');
    expect(decide(at, disable, by)).toMatchObject(expected);
    if (findingState !== 'awaiting_second') return;
    expect(confirmDecision(at, other)).toMatchObject(expected);
    expect(rejectDecision(at, other)).toMatchObject(expected);
  });
});

describe('who', () => {
  test('nobody decides about themselves, neither first nor second', () => {
    const finding = { personId: 'per_mona' };
    expect(decide(scene({ finding }), disable, by)).toEqual(refused('OWN_FINDING'));
    const own = scene({
      finding: { ...finding, state: 'awaiting_second', decision: decisionOf(disable, { by: other }) },
    });
    expect(confirmDecision(own, by)).toEqual(refused('OWN_FINDING'));
    expect(rejectDecision(own, by)).toEqual(refused('OWN_FINDING'));
    expect(maySecond(own.finding, by)).toBe(false);
  });

  test.each<[string, Decider]>([
    ['the same owner', { ...by, via: 'link' }],
    ['the same person with another key', { ...other, personId: 'per_mona' }],
  ])('the second person is not %s', (_who, second) => {
    const at = scene({ finding: { state: 'awaiting_second', decision: decisionOf(disable) } });
    expect(confirmDecision(at, second)).toEqual(refused('SECOND_IS_DECIDER'));
    expect(rejectDecision(at, second)).toEqual(refused('SECOND_IS_DECIDER'));
    expect(maySecond(at.finding, second)).toBe(false);
  });

  test('two owners of whom nothing is known are two people', () => {
    const first: Decider = { ...other, ownerId: 'own_3' };
    const at = scene({ finding: { state: 'awaiting_second', decision: decisionOf(disable, { by: first }) } });
    expect(confirmDecision(at, other)).toMatchObject({ kind: 'changes' });
    expect(maySecond(at.finding, other)).toBe(true);
    expect(maySecond(aFinding(review), other)).toBe(false);
  });
});

describe('a second person', () => {
  test('has nothing to say where nobody has decided, or it counts already', () => {
    for (const state of ['open', 'decided'] as const)
      for (const say of [confirmDecision, rejectDecision])
        expect(say(scene({ finding: { state, decision: decisionOf(disable) } }), other)).toEqual(
          refused('FINDING_STATE'),
        );
    expect(confirmDecision(scene({ finding: { state: 'awaiting_second' } }), other)).toEqual(
      refused('FINDING_STATE'),
    );
  });

  test('says no: it is as before, also where it could not be started before', () => {
    const finding = { state: 'awaiting_second', decision: decisionOf(disable) } as const;
    const back = { decision: undefined, nextAtMs: undefined };
    expect(rejectDecision(scene({ finding }), other)).toEqual({
      kind: 'changes',
      changes: { state: 'open', ...back },
    });
    const action = { fault: { code: 'CASE_EXISTS', atMs: 1 } };
    const again = scene({ state: 'carrying_out', finding: { ...finding, action } });
    expect(rejectDecision(again, other)).toEqual({
      kind: 'changes',
      changes: { state: 'refused', ...back },
    });
  });

  test('comes too late where the day has passed meanwhile', () => {
    const decision = decisionOf(keep('2027-01-12'));
    const verdict = confirmDecision(scene({ finding: { state: 'awaiting_second', decision } }), other);
    expect(verdict).toMatchObject(refused('DATE_OUT_OF_RANGE', { member: 'until' }));
  });
});

describe('what', () => {
  test('can be decided is what the rule allows, and that it is right or was seen to', () => {
    const at = { ...scene(), rule: { allows: ['remove_alias'] } } as const;
    expect(allowedKinds(at.rule)).toEqual(['keep', 'attest', 'remove_alias']);
    expect(decide(at, disable, by)).toEqual(refused('DECISION_NOT_ALLOWED', { member: 'kind' }));
    expect(decide(at, { kind: 'remove_alias', reason }, by)).toMatchObject({ kind: 'changes' });
  });

  const keepDays = { earliest: '2027-01-13', latest: '2030-01-11' };
  const lastDays = { earliest: '2026-10-14', latest: '2029-01-12' };
  test.each<[string, WantedDecision, object]>([
    ['a blank reason', { kind: 'disable', reason: ' ' }, refused('REASON_MISSING', { member: 'reason' })],
    ['a blank proof', { kind: 'attest', proof: ' ', reason }, refused('PROOF_MISSING', { member: 'proof' })],
    ['a day that does not exist', keep('2027-02-30'), refused('DATE_INVALID', { member: 'until' })],
    ['today', keep('2027-01-12'), refused('DATE_OUT_OF_RANGE', { member: 'until', ...keepDays })],
    [
      'more than three years',
      keep('2030-01-12'),
      refused('DATE_OUT_OF_RANGE', { member: 'until', ...keepDays }),
    ],
    ['a last day in words', depart('soon'), refused('DATE_INVALID', { member: 'lastDay' })],
    [
      'a last day long ago',
      depart('2026-10-13'),
      refused('DATE_OUT_OF_RANGE', { member: 'lastDay', ...lastDays }),
    ],
    [
      'a last day in years',
      depart('2029-01-13'),
      refused('DATE_OUT_OF_RANGE', { member: 'lastDay', ...lastDays }),
    ],
    [
      'a part of the name',
      { kind: 'start_deletion', typedName: 'Lea', reason },
      refused('NAME_MISMATCH', { member: 'typedName' }),
    ],
  ])('is refused: %s', (_what, wanted, expected) => {
    expect(decide(scene(), wanted, by)).toEqual(expected);
  });

  test.each([keep('2027-01-13'), keep('2030-01-11'), depart('2026-10-14'), depart('2029-01-12')])(
    'is taken on the first and the last day: %j',
    (wanted) => {
      expect(decide(scene(), wanted, by)).toMatchObject({ kind: 'changes' });
    },
  );

  test('deletes nobody without a name', () => {
    const wanted: WantedDecision = { kind: 'start_deletion', typedName: '', reason };
    expect(decide({ ...scene(), person: undefined }, wanted, by)).toMatchObject(refused('NAME_MISMATCH'));
  });

  test('takes the scope that it takes by hand, where Gangway does it', () => {
    const free = DECISION_KINDS.filter((kind) => SCOPE_NEEDED[kind] === undefined);
    expect(free).toEqual(['keep', 'attest']);
  });
});
