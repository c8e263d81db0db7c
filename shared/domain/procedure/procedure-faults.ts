import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import {
  DEPARTURE_PROCEDURE,
  type DepartureProcedure,
  type DepartureTemplate,
} from '../planner/departure-procedure.ts';
import type { StepKind } from '../step-kinds.ts';
import { faultsInLeavesOut, faultsOfRepetition } from './judged-lists.ts';
import { brokenRules, distinct } from './judged-plans.ts';
import { archiveRule, gateRule, graceRule, noticeRule, orderOfDaysRule } from './later-rules.ts';
import { lockFaults } from './lock-faults.ts';
import { fault, type ProcedureFault, type Rule } from './procedure-fault.ts';
import { SAMPLE_VARIANTS, sampleDeparture } from './sample-departure.ts';

/** Steps that an organisation may do without: nothing that locks, proves, keeps, hands over or deletes leans on them. */
const OPTIONAL_KINDS: readonly StepKind[] = [
  'notifyManager',
  'switchOffProtocols',
  'dropAdministratorRole',
  'removeMemberships',
];

const dayZeroRule: Rule<DepartureTemplate> = (checked, { dayZero: kinds }) =>
  lockFaults(checked, { field: '/dayZero', kinds });

const RULES = [dayZeroRule, noticeRule, orderOfDaysRule, gateRule, archiveRule, graceRule] as const;

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
  return distinct([
    ...missingSteps(plans, samplePlans(usual, calendar), procedure),
    ...brokenRules(plans, RULES, procedure),
  ]);
}

/** Of a person with two accounts, who leaves at the first minute of a day: later leave times are easier to keep. */
function samplePlans(procedure: DepartureProcedure, calendar: LocalCalendar): readonly Plan[] {
  const person = { leaveTime: '00:00', targets: ['first', 'second'] };
  return [{}, ...Object.values(SAMPLE_VARIANTS)].map((variant) =>
    sampleDeparture(procedure, calendar, { ...person, ...variant }),
  );
}

/** Every kind of step that departures have today is in the plans, or may be left out and is. */
function missingSteps(
  plans: readonly Plan[],
  usual: readonly Plan[],
  { leavesOut }: DepartureTemplate,
): readonly ProcedureFault[] {
  const has = kindsIn(plans);
  return [...kindsIn(usual)]
    .filter((kind) => !has.has(kind) && !leavesOut.includes(kind))
    .map((kind) => {
      const code = OPTIONAL_KINDS.includes(kind) ? 'PROCEDURE_STEP_MISSING' : 'PROCEDURE_STEP_ESSENTIAL';
      return fault(code, '/dayZero', `${kind} would not be carried out.`);
    });
}

function kindsIn(plans: readonly Plan[]): ReadonlySet<StepKind> {
  return new Set(plans.flatMap(({ steps }) => steps.map(({ kind }) => kind)));
}

/** What need not be planned to be seen: a step that must not be left out, and an order that contradicts itself. */
function faultsInLists({ dayZero, leavesOut }: DepartureTemplate): readonly ProcedureFault[] {
  return [
    ...faultsInLeavesOut(leavesOut, OPTIONAL_KINDS),
    ...faultsOfRepetition('/dayZero', dayZero),
    ...dayZero.flatMap((kind, index) =>
      leavesOut.includes(kind)
        ? [fault('PROCEDURE_STEP_CONTRADICTION', `/dayZero/${index}`, `It is ${kind}.`)]
        : [],
    ),
  ];
}
