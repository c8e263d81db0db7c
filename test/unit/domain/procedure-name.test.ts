import { expect, test } from '@jest/globals';
import { BUILT_IN_PROCEDURES, ownDeparture } from '../../../shared/domain/planner/departure-procedure.ts';
import {
  caseKindOfProcedure,
  isNewerProcedure,
  isProcedureName,
  nextOwnName,
  positionsOf,
  procedurePosition,
  releaseOf,
} from '../../../shared/domain/planner/procedure-name.ts';
import { STEP_KINDS } from '../../../shared/domain/step-kinds.ts';
import { plannedDeparture } from './sample-plan.ts';

const OLD_TO_NEW = [
  'departure@1',
  'departure@1.1',
  'departure@2',
  'departure@2.9',
  'departure@2.10',
  'departure@10',
];

test('what an organisation makes of a release is newer than the release, and older than the next', () => {
  const pairs = OLD_TO_NEW.flatMap((than, a) => OLD_TO_NEW.map((name, b) => [name, than, b > a] as const));
  for (const [name, than, expected] of pairs)
    expect([name, than, isNewerProcedure(name, than)]).toEqual([name, than, expected]);
  expect(OLD_TO_NEW.map(procedurePosition).toSorted()).toEqual(OLD_TO_NEW.map(procedurePosition));
});

test('names of different kinds are never newer than each other, and sort apart', () => {
  const names = ['onboarding@2', 'role-change@1.1', 'leave@1', 'departure@9', 'deletion@3'];
  for (const [a, b] of names.flatMap((one) => names.map((other) => [one, other] as const)))
    expect(isNewerProcedure(a, b)).toBe(false);
  for (const name of names) {
    const kind = caseKindOfProcedure(name)!;
    const inside = names.filter((one) => {
      const { first, last } = positionsOf(kind);
      return procedurePosition(one) >= first && procedurePosition(one) < last;
    });
    expect(inside).toEqual([name]);
  }
});

test('no release gives a name that an organisation may have given', () => {
  for (const { name } of BUILT_IN_PROCEDURES) {
    expect(name).toMatch(/^departure@\d+$/u);
    expect(nextOwnName(name)).toBe(`${name}.1`);
    expect(nextOwnName(nextOwnName(name))).toBe(`${name}.2`);
    expect(releaseOf(`${name}.17`)).toBe(name);
  }
});

test.each([
  'departure',
  'departure@',
  'departure@0',
  'departure@2.0',
  'departure@02',
  'departure@2.1.1',
  ' departure@2',
])('%j is no name of a procedure', (name) => {
  expect(isProcedureName(name)).toBe(false);
  expect(() => releaseOf(name)).toThrow('is not the name of a procedure');
});

test('a version made of an older release keeps its steps, whatever later ones brought', () => {
  const [first] = BUILT_IN_PROCEDURES;
  const { name: _name, leaverNoticeDaysBefore: _later, ...template } = { ...first, leavesOut: [] };
  const own = ownDeparture({ name: 'departure@1.1', template: { ...template, archiveDay: 45 } as never });
  expect(own).toEqual({ ...first, name: 'departure@1.1', archiveDay: 45 });
  expect(STEP_KINDS.filter((kind) => own.leavesOut.includes(kind))).toEqual(first.leavesOut);
  const redirect = { days: 30, outside: false, outlivesAccount: false };
  const { plan } = plannedDeparture({ procedure: own, redirect });
  expect(plan.procedure).toBe('departure@1.1');
  expect(plan.steps.map(({ kind }) => kind)).not.toContain('startRedirect');
});
