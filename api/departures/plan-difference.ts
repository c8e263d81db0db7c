import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import type { Plan, PlannedStep } from '../../shared/domain/plan.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import { shownInstant, type ShownInstant } from '../http/instants.ts';

interface StepInstant {
  readonly key: string;
  readonly kind: string;
  readonly at?: ShownInstant;
}

/** What another plan would change. Steps that were started stay as they are and are named in `keeps`. */
export interface PlanDifference {
  readonly from: string;
  readonly to: string;
  readonly keeps: readonly string[];
  readonly added: readonly StepInstant[];
  readonly removed: readonly StepInstant[];
  readonly moved: readonly {
    readonly key: string;
    readonly kind: string;
    readonly from?: ShownInstant;
    readonly to?: ShownInstant;
  }[];
  /** Steps of both plans that come in another order, as they come now. */
  readonly reordered: readonly string[];
}

/** An instant that counts from a step that is not settled yet is the expected one. */
export function planDifference(
  record: Pick<CaseRecord, 'plan' | 'steps'>,
  next: Plan,
  startedKeys: ReadonlySet<string>,
  calendar: LocalCalendar,
): PlanDifference {
  const { plan } = record;
  const settled = new Map(record.steps.map((step) => [step.key, step.dueAtMs]));
  const [before, after] = [simulatedInstants(plan), simulatedInstants(next)];
  const shown = (atMs: number | undefined) =>
    atMs === undefined ? undefined : shownInstant(atMs, plan.timeZone, calendar);
  const instantOf = (step: PlannedStep, expected: ReadonlyMap<string, number>): StepInstant => {
    const at = shown(expected.get(step.key));
    return { key: step.key, kind: step.kind, ...(at === undefined ? {} : { at }) };
  };
  const oldKeys = new Map(plan.steps.map((step) => [step.key, step]));
  const newKeys = new Set(next.steps.map((step) => step.key));
  return {
    from: plan.procedure,
    to: next.procedure,
    keeps: plan.steps.filter((step) => startedKeys.has(step.key)).map((step) => step.key),
    added: next.steps.filter((step) => !oldKeys.has(step.key)).map((step) => instantOf(step, after)),
    removed: plan.steps.filter((step) => !newKeys.has(step.key)).map((step) => instantOf(step, before)),
    moved: next.steps.flatMap((step) => {
      const old = oldKeys.get(step.key);
      if (old === undefined || JSON.stringify(old.due) === JSON.stringify(step.due)) return [];
      const from = shown(settled.get(step.key) ?? before.get(step.key));
      const to = shown(after.get(step.key));
      const { key, kind } = step;
      return [{ key, kind, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
    }),
    reordered: reorderedKeys(
      plan.steps.map((step) => step.key).filter((key) => newKeys.has(key)),
      next.steps.map((step) => step.key).filter((key) => oldKeys.has(key)),
    ),
  };
}

function reorderedKeys(before: readonly string[], after: readonly string[]): readonly string[] {
  return after.filter((key, index) => before[index] !== key);
}
