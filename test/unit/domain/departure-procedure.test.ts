import { expect, test } from '@jest/globals';
import { rejectionOf } from '../../../shared/domain/case/command.ts';
import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import { DEPARTURE_PROCEDURE, procedureNamed } from '../../../shared/domain/planner/departure-procedure.ts';
import { isNewerProcedure } from '../../../shared/domain/planner/procedure-name.ts';
import { STEP_KINDS, type StepKind } from '../../../shared/domain/step-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { readHistory } from '../../replay/stored-histories.ts';
import { runPlan } from './run-plan.ts';
import { DAY, NOW, openDeparture, plannedDeparture } from './sample-plan.ts';

/** The plan a case of 0.1.0 was started with, as its history has it. */
function planOfFirstRelease(): Plan {
  const [started] = readHistory('0.1.0-full-departure.json').events;
  const attributes = started?.['workflowExecutionStartedEventAttributes'] as {
    readonly input: { readonly payloads: readonly { readonly data: string }[] };
  };
  const input = Buffer.from(attributes.input.payloads[0]!.data, 'base64').toString('utf8');
  return (JSON.parse(input) as { readonly plan: Plan }).plan;
}

test('departure@1 gives the very plan that 0.1.0 gave', () => {
  const old = planOfFirstRelease();
  const local = localCalendar.localOf(old.leaveAtMs, old.timeZone);
  const { plan } = plannedDeparture({
    procedure: procedureNamed(old.procedure),
    nowMs: old.leaveAtMs - 10 * DAY,
    timeZone: old.timeZone,
    ...{ lastDay: local.date, leaveTime: local.time },
  });
  const essence = ({ steps, ...rest }: Plan) => ({
    ...rest,
    steps: steps.map(({ key, kind, due, dependsOn }) => ({ key, kind, due, dependsOn })),
  });
  expect(essence(plan)).toEqual(essence(old));
});

test('departure@1 leaves out every kind of step that 0.1.0 did not know', () => {
  const known = new Set<StepKind>(planOfFirstRelease().steps.map((step) => step.kind));
  const later = STEP_KINDS.filter((kind) => !known.has(kind));
  expect(later).not.toEqual([]);
  expect(procedureNamed('departure@1').leavesOut.toSorted()).toEqual(later.toSorted());
});

test('the newest version is the one new departures are planned with', () => {
  expect(isNewerProcedure(DEPARTURE_PROCEDURE.name, 'departure@1')).toBe(true);
  expect(isNewerProcedure('departure@1', DEPARTURE_PROCEDURE.name)).toBe(false);
  expect(isNewerProcedure(DEPARTURE_PROCEDURE.name, DEPARTURE_PROCEDURE.name)).toBe(false);
  expect(() => procedureNamed('departure@99')).toThrow('there is no procedure departure@99');
});

test('no plan brings a grace that runs to an earlier end', () => {
  const graceOf = (graceDays: number) => ({ procedure: { ...DEPARTURE_PROCEDURE, graceDays } });
  const opened = openDeparture();
  const inGrace = runPlan(opened, { fromMs: NOW, untilMs: opened.plan.leaveAtMs + 95 * DAY }).progress;
  const rejectionFor = (progress: CaseProgress, graceDays: number) =>
    rejectionOf(progress, {
      kind: 'reschedule',
      plan: plannedDeparture({ ...graceOf(graceDays), version: 2 }).plan,
    });
  expect(rejectionFor(opened, 14)).toBeUndefined();
  expect(rejectionFor(inGrace, 30)).toBeUndefined();
  expect(rejectionFor(inGrace, 14)).toBe('PLAN_MOVES_EXECUTED_STEP');
});

test('another procedure in the middle of a departure moves neither the leave day nor the notice', () => {
  const redirect = { days: 30, outside: false, outlivesAccount: false };
  const { plan } = plannedDeparture({ procedure: procedureNamed('departure@1'), redirect });
  const startedKeys = new Set(plan.steps.slice(0, 12).map((step) => step.key));
  const moved = plannedDeparture({
    redirect,
    nowMs: NOW + 45 * DAY,
    version: 2,
    previous: { plan, startedKeys, leaveStays: true },
  });
  expect(moved.plan.leaveAtMs).toBe(plan.leaveAtMs);
  expect(moved.warnings).toEqual([]);
  const due = (one: Plan) => Object.fromEntries(one.steps.map((step) => [step.key, step.due]));
  expect(due(moved.plan)).toMatchObject(due(plan));
  expect(Object.keys(due(plan))).not.toContain('start-redirect');
  expect(due(moved.plan)['start-redirect']).toEqual({ kind: 'at', atMs: plan.leaveAtMs });
});
