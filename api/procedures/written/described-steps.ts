import type { LocalCalendar } from '../../../shared/domain/local-calendar.ts';
import { isPurgeGate, type Plan, type PlannedStep } from '../../../shared/domain/plan.ts';
import type { NamedProcedure, ProcedureKind } from '../../../shared/domain/procedure/procedure-kind.ts';
import { PHASES, type DescribedStep, type Phase } from './described-step.ts';
import { joinedWhens, whenOf } from './relative-time.ts';
import { descriptionOf, type CaseWords } from './words/case-words.ts';

/**
 * The steps of a case that has everything a case can have, in order. What cannot be had at once stands behind
 * whatever it would stand behind.
 */
export function describedSteps(
  of: ProcedureKind,
  procedure: NamedProcedure,
  calendar: LocalCalendar,
  words: CaseWords,
): readonly DescribedStep[] {
  // No step at a time of its own may look as if it were due at the instant that days count from.
  const time = JSON.stringify(procedure).includes('"17:30"') ? '17:31' : '17:30';
  const inAll: (PlannedStep & { readonly of: Plan })[] = [];
  for (const plan of of.samples(procedure, calendar, { timeZone: 'UTC', time })) {
    let place = 0;
    for (const step of plan.steps) {
      const known = inAll.findIndex(
        ({ key, of: other }) => key === step.key && isSuspicion(other) === isSuspicion(plan),
      );
      if (known === -1) inAll.splice(place, 0, { ...step, of: plan });
      place = (known === -1 ? place : known) + 1;
    }
  }
  const described = alike(inAll).map((steps) => {
    const [{ of: plan, ...step }] = steps;
    const override = descriptionOf(step.kind, words).when;
    const when = override ?? joinedWhens(steps.map((one) => whenOf(one, one.of, calendar, words)));
    return { phase: phaseOf(step, plan), step, plan, when };
  });
  return PHASES.flatMap((phase) => inOrderOfDays(described.filter((one) => one.phase === phase)));
}

/** What counts from the gate, or from what people find out, stays in the order of the plan. */
function inOrderOfDays(steps: readonly DescribedStep[]): readonly DescribedStep[] {
  const dayOf = ({ phase, step: { due } }: DescribedStep): number =>
    phase === 'purge' || phase === 'investigation' || due.kind !== 'at' ? 0 : due.atMs;
  return steps.toSorted((a, b) => dayOf(a) - dayOf(b));
}

type Sampled = PlannedStep & { readonly of: Plan };

function alike(steps: readonly Sampled[]): readonly (readonly [Sampled, ...Sampled[]])[] {
  const groups: [Sampled, ...Sampled[]][] = [];
  for (const step of steps) {
    const group = groups.find(
      ([first]) =>
        first.kind === step.kind &&
        phaseOf(first, first.of) === phaseOf(step, step.of) &&
        JSON.stringify([first.dependsOn, first.follows]) === JSON.stringify([step.dependsOn, step.follows]),
    );
    if (group === undefined) groups.push([step]);
    else group.push(step);
  }
  return groups;
}

function isSuspicion({ steps }: Plan): boolean {
  return steps.some(({ kind }) => kind === 'investigate');
}

function phaseOf(step: PlannedStep, plan: Plan): Phase {
  if (isSuspicion(plan))
    return step.manual === true || step.due.kind !== 'at' ? 'investigation' : 'suspicion';
  const keys = plan.steps.map(({ key }) => key);
  const gate = plan.steps.findIndex(isPurgeGate);
  if (gate !== -1 && keys.indexOf(step.key) >= gate) return 'purge';
  if (step.due.kind !== 'at' || step.due.atMs > plan.leaveAtMs) return 'after';
  return step.due.atMs < plan.leaveAtMs ? 'before' : 'onTheDay';
}
