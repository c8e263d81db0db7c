import type { CaseRecord, StepView } from '../../shared/domain/case-record.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { shownInstant, utc } from '../http/instants.ts';
import { ownerOf } from './checklist-view.ts';

/** The steps in the order of the plan and what became of them, without what proves it. */
export function stepSummaries(record: CaseRecord, calendar: LocalCalendar) {
  const expected = simulatedInstants(record.plan);
  return record.plan.steps.map((planned) => {
    const view = record.steps.find((step) => step.key === planned.key);
    return summaryOf(planned, view, { expected, calendar, timeZone: record.plan.timeZone });
  });
}

interface Shown {
  /** The instant of each step if all goes as planned. */
  readonly expected: ReadonlyMap<string, number>;
  readonly calendar: LocalCalendar;
  readonly timeZone: string;
}

function summaryOf(planned: PlannedStep, view: StepView | undefined, shown: Shown) {
  const atMs = view?.dueAtMs ?? shown.expected.get(planned.key);
  const target = planned.params['target'];
  return {
    key: planned.key,
    kind: planned.kind,
    ...(target === undefined ? {} : { target: String(target) }),
    ...(atMs === undefined ? {} : { dueAt: shownInstant(atMs, shown.timeZone, shown.calendar) }),
    /** The instant is not fixed yet: it counts from the end of another step. */
    ...(planned.due.kind === 'after' && atMs !== undefined && view?.dueAtMs === undefined
      ? { expected: true }
      : {}),
    ...ownerOf(planned),
    ...resultOf(view),
  };
}

function resultOf(view: StepView | undefined) {
  const { settledAtMs, errorCode, skippedBy, skipRequestedBy, approvedBy, attestedBy } = view ?? {};
  return {
    status: view?.status ?? 'waiting',
    round: view?.round ?? 1,
    ...(settledAtMs === undefined ? {} : { settledAt: utc(settledAtMs) }),
    ...(errorCode === undefined ? {} : { error: errorView(errorCode) }),
    ...(skippedBy === undefined ? {} : { skippedBy }),
    ...(skipRequestedBy === undefined ? {} : { skipRequestedBy }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(attestedBy === undefined ? {} : { attestedBy }),
  };
}

function isFailureCode(code: string): code is StepFailureCode {
  return Object.hasOwn(STEP_FAILURES, code);
}

export function errorView(code: string) {
  return { code, sentence: STEP_FAILURES[isFailureCode(code) ? code : 'UNEXPECTED'].sentence };
}
