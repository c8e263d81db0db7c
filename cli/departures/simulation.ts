import type { ShownInstant } from '../../shared/platform/api-client/shown-departure.ts';
import { formatTable } from '../../shared/platform/format-table.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import type { ShownPerson } from '../people/find-person.ts';
import { localTime } from './local-time.ts';

/** A simulation as the API shows it: the members that are read here. */
export interface Simulation {
  readonly procedure: string;
  readonly timeZone: string;
  readonly leaveAt: ShownInstant;
  readonly steps: readonly SimulatedStep[];
  readonly warnings: readonly string[];
  readonly planToken: string;
}

interface SimulatedStep {
  readonly key: string;
  readonly at: ShownInstant;
  readonly needsApproval: boolean;
  readonly destructive: boolean;
  readonly status?: string;
  readonly calls?: readonly { readonly target: string; readonly operation: string }[];
}

const WARNINGS: Readonly<Record<PlanWarning, string>> = {
  LAST_DAY_PAST: 'The last day has passed: the account is locked at once.',
  LEAVE_TIME_ADJUSTED: 'A clock change leaves the leave time out: it was moved forward.',
  NOTICE_AT_ONCE: 'The notice to the manager is due already: it goes out at once.',
  NO_MANAGER: 'There is no manager to be told.',
  NO_CONTACT: 'There is nobody the auto-reply could name: there is none.',
  NO_RECIPIENT: 'There is nobody who could receive what the person had: a person will be asked.',
  LEAVER_NOT_INFORMED: 'The account is locked before the leaver could be informed.',
  NO_NOTIFICATION_ADDRESS:
    'The organisation names nobody who is told of failures: set its notificationAddresses.',
};

/** The plan, in the order in which it would happen. */
export function simulationText(person: ShownPerson, simulation: Simulation): string {
  const { leaveAt, timeZone, procedure, steps, warnings } = simulation;
  return [
    `${person.fullName} <${person.address}> leaves ${localTime(leaveAt)} (${timeZone}), by ${procedure}.`,
    '',
    formatTable(steps.map((step) => [localTime(step.at), step.key, remarkOn(step)])),
    ...(warnings.length === 0 ? [] : ['', ...warnings.map((code) => `Note: ${sentenceOf(code)}`)]),
  ].join('\n');
}

function remarkOn({ needsApproval, destructive, status, calls = [] }: SimulatedStep): string {
  const remarks = [
    ...(status === 'not_applicable' ? ['not applicable'] : []),
    ...(needsApproval ? ['waits for an approval'] : []),
    ...(destructive ? ['DELETES'] : []),
    ...calls.map(({ target, operation }) => `${target}.${operation}`),
  ];
  return remarks.join(', ');
}

function sentenceOf(code: string): string {
  return Object.hasOwn(WARNINGS, code) ? WARNINGS[code as PlanWarning] : code;
}
