import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { canonical } from '../../../api/http/idempotency.ts';
import { parse } from '../../../api/http/parse.ts';
import { Problem, problemBodyOf, problemKindOf } from '../../../api/http/problem.ts';
import { assertHarmless } from '../../../api/http/untyped-json.ts';

const schema = z.strictObject({
  name: z.string().min(2),
  inner: z.strictObject({ 'a/b': z.number() }).optional(),
  list: z.array(z.number()).optional(),
});

function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parse', () => {
  test.each([
    ['a missing field', {}, 'INVALID_REQUEST', '/name'],
    ['an unknown field', { name: 'ab', more: 1 }, 'UNKNOWN_FIELD', '/more'],
    ['a field in a list', { name: 'ab', list: [1, 'x'] }, 'INVALID_REQUEST', '/list/1'],
    ['a name that needs escaping', { name: 'ab', inner: { 'a/b': 'x' } }, 'INVALID_REQUEST', '/inner/a~1b'],
    ['no object at all', 'text', 'INVALID_REQUEST', ''],
  ])('points to %s', (_what, value, code, field) => {
    const problem = problemOf(() => parse(schema, value));
    expect([problem.code, problem.options.field]).toEqual([code, field]);
  });

  test('lists every wrong field', () => {
    const problem = problemOf(() => parse(schema, { name: 'a', list: 'x', more: 1 }));
    expect(problem.options.errors?.map((error) => error.field).sort()).toEqual(['/list', '/more', '/name']);
  });

  test('never repeats a value', () => {
    const secret = 'hunter2-hunter2';
    const problem = problemOf(() => parse(z.strictObject({ name: z.number() }), { name: secret }));
    expect(JSON.stringify(problemBodyOf(problem, 'r'))).not.toContain(secret);
  });
});

describe('assertHarmless', () => {
  test.each([
    ['an operator', { personId: { $ne: null } }, 'OPERATOR_REFUSED', '/personId/$ne'],
    ['an operator in a list', { list: [{ $where: '1' }] }, 'OPERATOR_REFUSED', '/list/0/$where'],
    ['the prototype', JSON.parse('{"__proto__": {"x": 1}}'), 'OPERATOR_REFUSED', '/__proto__'],
  ])('refuses %s', (_what, value: unknown, code, field) => {
    const problem = problemOf(() => assertHarmless(value));
    expect([problem.code, problem.options.field]).toEqual([code, field]);
  });

  test('takes eight levels and refuses nine', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    expect(() => assertHarmless(nested(8))).not.toThrow();
    expect(problemOf(() => assertHarmless(nested(9))).code).toBe('TOO_DEEP');
  });
});

describe('a problem', () => {
  test('has a status, a stable code, our sentence and the request id', () => {
    const problem = new Problem('DEPARTURE_EXISTS', {
      field: '/personId',
      members: { departureId: 'cas_1' },
    });
    expect(problemBodyOf(problem, 'req_1')).toEqual({
      type: 'urn:gangway:problem:departure-exists',
      title: 'The person has an open departure already.',
      status: 409,
      code: 'DEPARTURE_EXISTS',
      detail: 'The person has an open departure already.',
      field: '/personId',
      requestId: 'req_1',
      departureId: 'cas_1',
    });
  });

  test.each([
    ['CASE_CLOSED', 409],
    ['APPROVER_IS_REQUESTER', 403],
    ['STEP_UNKNOWN', 404],
  ] as const)('gives the rejection %s of a case the status %d', (code, status) => {
    expect(problemKindOf(code).status).toBe(status);
  });
});

test('compares requests without regard to the order of their fields, but to that of lists', () => {
  const same = (a: unknown, b: unknown) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
  expect(same({ a: 1, b: { c: 2, d: [1, 2] } }, { b: { d: [1, 2], c: 2 }, a: 1 })).toBe(true);
  expect(same({ d: [1, 2] }, { d: [2, 1] })).toBe(false);
});
