import { describe, expect, test } from '@jest/globals';
import { daysAgo, find, openCase, somebody, values } from '../subjects.ts';

describe('case_stuck', () => {
  const stuck = (days: number, others: Parameters<typeof openCase>[0] = {}) => ({
    openCase: openCase({
      needsAttention: true,
      steps: {
        'revoke-sessions': { status: 'failed', dueAtMs: daysAgo(days - 1) },
        'disable-account': { status: 'failed', dueAtMs: daysAgo(days) },
        'take-snapshot': { status: 'done', dueAtMs: daysAgo(500) },
      },
      ...others,
    }),
  });

  test.each([
    [2, []],
    [3, [3]],
    [4, [4]],
  ])('the oldest failed step was due %s days ago: found %j', (days, found) => {
    expect(values('case_stuck', stuck(days))).toEqual(found);
  });

  test('names the case, its kind and the steps', () => {
    const [found] = find('case_stuck', stuck(5, { kind: 'role_change' }));
    expect(found).toMatchObject({
      ...{ value: 5, about: 'cas_1' },
      evidence: { caseId: 'cas_1', caseKind: 'role_change', dueAtMs: daysAgo(5) },
    });
    expect([...(found?.evidence['steps'] as string[])].sort()).toEqual([
      'disable-account',
      'revoke-sessions',
    ]);
  });

  test('also one whose step is tried again and again', () => {
    const steps = { 'disable-account': { status: 'retrying' as const, dueAtMs: daysAgo(4) } };
    expect(values('case_stuck', stuck(5, { steps }))).toEqual([4]);
  });

  test('nothing without a case, of one that needs nobody, or whose steps do not say when they were due', () => {
    expect(values('case_stuck')).toEqual([]);
    expect(values('case_stuck', stuck(500, { needsAttention: false }))).toEqual([]);
    expect(values('case_stuck', stuck(5, { steps: { 'disable-account': { status: 'failed' } } }))).toEqual(
      [],
    );
  });

  test('also of people who have departed', () => {
    expect(values('case_stuck', { ...stuck(5), person: somebody({ status: 'departed' }) })).toEqual([5]);
  });
});

describe('purge_waiting', () => {
  const waiting = (days: number, others: Parameters<typeof openCase>[0] = {}) => ({
    openCase: openCase({ steps: { 'purge-gate': { dueAtMs: daysAgo(days) } }, ...others }),
  });

  test.each([
    [29, []],
    [30, [30]],
    [31, [31]],
  ])('the gate has been due for %s days: found %j', (days, found) => {
    expect(values('purge_waiting', waiting(days))).toEqual(found);
  });

  test('of a departure and of a deletion, and says whether a legal hold is in the way', () => {
    expect(find('purge_waiting', waiting(40, { kind: 'deletion' }))).toEqual([
      {
        ...{ value: 40, about: 'cas_1' },
        evidence: {
          ...{ caseId: 'cas_1', caseKind: 'deletion', dueAtMs: daysAgo(40) },
          onLegalHold: false,
        },
      },
    ]);
    const person = somebody({ legalHold: { placedBy: 'own_hr', placedAtMs: 1, reason: 'court' } });
    expect(find('purge_waiting', { ...waiting(40), person })).toMatchObject([
      { evidence: { onLegalHold: true } },
    ]);
  });

  test.each(['done', 'skipped', 'not_applicable'] as const)('nothing of a gate that is %s', (status) => {
    const steps = { 'purge-gate': { status, dueAtMs: daysAgo(40) } };
    expect(values('purge_waiting', waiting(40, { steps }))).toEqual([]);
  });

  test('nothing without a case, on the way back, or where the gate is not due yet', () => {
    expect(values('purge_waiting')).toEqual([]);
    expect(values('purge_waiting', waiting(40, { undoing: true }))).toEqual([]);
    expect(values('purge_waiting', waiting(40, { steps: {} }))).toEqual([]);
  });
});

describe('retained_yearly', () => {
  const retained = (days: number, others: Parameters<typeof openCase>[0] = {}) => ({
    person: somebody({ status: 'leaving' }),
    openCase: openCase({ leaveAtMs: daysAgo(days), retainedUntil: '2033-01-01', ...others }),
  });

  test.each([
    [364, []],
    [365, [365]],
    [366, [366]],
  ])('left %s days ago: found %j', (days, found) => {
    expect(values('retained_yearly', retained(days))).toEqual(found);
  });

  test('says until when', () => {
    expect(find('retained_yearly', retained(400))).toEqual([
      {
        ...{ value: 400, about: 'cas_1' },
        evidence: {
          ...{ caseId: 'cas_1', caseKind: 'departure', leftAtMs: daysAgo(400) },
          retainedUntil: '2033-01-01',
        },
      },
    ]);
  });

  test('nothing of departures that retain nothing, other cases, and those on their way back', () => {
    expect(values('retained_yearly', { openCase: openCase({ leaveAtMs: daysAgo(400) }) })).toEqual([]);
    expect(values('retained_yearly', retained(400, { kind: 'deletion' }))).toEqual([]);
    expect(values('retained_yearly', retained(400, { undoing: true }))).toEqual([]);
    expect(values('retained_yearly')).toEqual([]);
  });
});

describe('legal_hold_old', () => {
  const held = (days: number, others: Parameters<typeof somebody>[0] = {}) => ({
    person: somebody({
      legalHold: { placedBy: 'own_hr', placedAtMs: daysAgo(days), reason: 'court' },
      ...others,
    }),
  });

  test.each([
    [364, []],
    [365, [365]],
    [366, [366]],
  ])('placed %s days ago: found %j', (days, found) => {
    expect(values('legal_hold_old', held(days))).toEqual(found);
    expect(values('legal_hold_old', held(days, { status: 'departed' }))).toEqual(found);
  });

  test('says who placed it, and nothing where there is none', () => {
    expect(find('legal_hold_old', held(400))).toEqual([
      { value: 400, evidence: { placedAtMs: daysAgo(400), placedBy: 'own_hr' } },
    ]);
    expect(values('legal_hold_old')).toEqual([]);
  });
});
