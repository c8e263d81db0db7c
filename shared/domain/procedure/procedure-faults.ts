import type { ProcedureFaultCode } from '../../errors/procedure-faults.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import {
  DEPARTURE_PROCEDURE,
  type DepartureProcedure,
  type DepartureTemplate,
} from '../planner/departure-procedure.ts';
import type { StepKind } from '../step-kinds.ts';
import { checkedPlan, type CheckedPlan } from './checked-plan.ts';
import { dayZeroRules } from './day-zero-rules.ts';
import { archiveRule, gateRule, graceRule, noticeRule, orderOfDaysRule } from './later-rules.ts';
import type { ProcedureFault, Rule } from './procedure-fault.ts';
import { SAMPLE_VARIANTS, sampleDeparture } from './sample-departure.ts';

/** Steps that an organisation may do without: nothing that locks, proves, keeps, hands over or deletes leans on them. */
const OPTIONAL_KINDS: readonly StepKind[] = [
  'notifyManager',
  'switchOffProtocols',
  'dropAdministratorRole',
  'removeMemberships',
];

const RULES: readonly Rule[] = [dayZeroRules, noticeRule, orderOfDaysRule, gateRule, archiveRule, graceRule];

/**
 * Why a version of the departure procedure, or of the one of deletions, is not accepted; empty when it is. The plans it gives are judged, not its
 * numbers: whatever the planner makes of a template, no plan deletes before it archives or proves before it locks.
 */
export function procedureFaults(
  procedure: DepartureProcedure,
  calendar: LocalCalendar,
  usual: DepartureProcedure = DEPARTURE_PROCEDURE,
): readonly ProcedureFault[] {
  const inLists = faultsInLists(procedure);
  if (inLists.length > 0) return inLists;
  const plans = samplePlans(procedure, calendar);
  const faults = [
    ...missingSteps(plans, samplePlans(usual, calendar), procedure),
    ...plans.flatMap((plan) => RULES.flatMap((rule) => rule(plan, procedure))),
  ];
  const nameOf = ({ code, field }: ProcedureFault): string => `${code} ${field}`;
  return faults.filter((one, index) => faults.findIndex((other) => nameOf(other) === nameOf(one)) === index);
}

/** Of a person with two accounts, who leaves at the first minute of a day: later leave times are easier to keep. */
function samplePlans(procedure: DepartureProcedure, calendar: LocalCalendar): readonly CheckedPlan[] {
  const person = { leaveTime: '00:00', targets: ['first', 'second'] };
  return [{}, ...Object.values(SAMPLE_VARIANTS)].map((variant) =>
    checkedPlan(sampleDeparture(procedure, calendar, { ...person, ...variant })),
  );
}

/** Every kind of step that departures have today is in the plans, or may be left out and is. */
function missingSteps(
  plans: readonly CheckedPlan[],
  usual: readonly CheckedPlan[],
  { leavesOut }: DepartureTemplate,
): readonly ProcedureFault[] {
  const has = kindsIn(plans);
  return [...kindsIn(usual)]
    .filter((kind) => !has.has(kind) && !leavesOut.includes(kind))
    .map((kind) => ({
      code: OPTIONAL_KINDS.includes(kind) ? 'PROCEDURE_STEP_MISSING' : 'PROCEDURE_STEP_ESSENTIAL',
      ...{ field: '/dayZero', detail: `${kind} would not be carried out.` },
    }));
}

function kindsIn(plans: readonly CheckedPlan[]): ReadonlySet<StepKind> {
  return new Set(plans.flatMap(({ plan }) => plan.steps.map(({ kind }) => kind)));
}

/** What need not be planned to be seen: a step that must not be left out, and an order that contradicts itself. */
function faultsInLists({ dayZero, leavesOut }: DepartureTemplate): readonly ProcedureFault[] {
  return [
    ...faultsAt('/leavesOut', leavesOut, (kind) =>
      OPTIONAL_KINDS.includes(kind) ? undefined : 'PROCEDURE_STEP_ESSENTIAL',
    ),
    ...faultsAt('/dayZero', dayZero, (kind, index) => {
      if (dayZero.findIndex((one) => one === kind) !== index) return 'PROCEDURE_STEP_TWICE';
      return leavesOut.includes(kind) ? 'PROCEDURE_STEP_CONTRADICTION' : undefined;
    }),
  ];
}

function faultsAt(
  list: '/leavesOut' | '/dayZero',
  kinds: readonly StepKind[],
  codeOf: (kind: StepKind, index: number) => ProcedureFaultCode | undefined,
): readonly ProcedureFault[] {
  return kinds.flatMap((kind, index) => {
    const code = codeOf(kind, index);
    return code === undefined ? [] : [{ code, field: `${list}/${index}`, detail: `It is ${kind}.` }];
  });
}
