import type { LocalCalendar } from '../../../shared/domain/local-calendar.ts';
import type { DepartureTemplate } from '../../../shared/domain/planner/departure-procedure.ts';
import { utc } from '../../http/instants.ts';
import { templateOf, type KnownProcedure } from '../find-procedure.ts';
import { describedSteps, PHASES, type Phase } from './described-steps.ts';
import { counted } from './relative-time.ts';
import { numbersOf } from './numbers.ts';
import { onFailure } from './on-failure.ts';
import { writtenStep } from './step-facts.ts';
import type { Fact, WrittenProcedure } from './written-procedure.ts';

type Words = Readonly<Record<Phase, { readonly title: string; readonly intro: string }>>;

const wordsOf = ({ graceDays }: DepartureTemplate): Words => ({
  beforeLastDay: {
    title: 'Before the last day',
    intro: 'Nothing is taken away yet. A notice whose time has passed goes out at once.',
  },
  lastDay: {
    title: 'The last day',
    intro: 'All of it is due at the leave time, in the zone of the person, one step after the other.',
  },
  weeksAfter: {
    title: 'The weeks after',
    intro: 'Days count from the last day, each at the leave time.',
  },
  purge: {
    title: 'The purge',
    intro: `Nothing is deleted before the gate is passed and a grace of ${counted(graceDays, 'day')} after it is over.`,
  },
});

const HOW_TO_READ: readonly string[] = [
  'Waits for: each of these steps must be done, attested by a person, not applicable, or left out. One that is no part of the departure is not waited for.',
  'Comes after: each of these steps was tried once, whatever came of it.',
  'Tried for: after that the step is failed, and needs a person.',
  'Undone by: what puts it back when the departure is undone. Where nothing is said there is nothing to put back.',
  'Left out: where nothing is said, one person can leave the step out with a reason; the departure then ends with exceptions.',
];

/** The written procedure: from the plan of a sample departure, so that it says what is done. */
export function writeProcedure(
  { procedure, own }: KnownProcedure,
  of: {
    readonly calendar: LocalCalendar;
    readonly inForce: boolean;
    /** Of who made an own version, where it is known. */
    readonly makerName?: string;
  },
): WrittenProcedure {
  const steps = describedSteps(procedure, of.calendar);
  const words = wordsOf(procedure);
  const origin: readonly Fact[] =
    own === undefined
      ? [['Made by', 'this release of Gangway; it cannot be edited']]
      : [
          ['Made by', of.makerName === undefined ? own.madeBy : `${of.makerName} (${own.madeBy})`],
          ['Made at', utc(own.madeAtMs)],
          ['Reason', own.reason],
          ['Follows', own.basedOn],
        ];
  return {
    title: 'Procedure: departure of a person',
    purpose:
      'So that nobody who has left gets in, nothing that others need is lost, and nothing is called done that was not proven done.',
    facts: [
      ['Version', procedure.name],
      ['In force', of.inForce ? 'yes: new departures are planned by it' : 'no'],
      ...origin,
    ],
    phases: PHASES.map((phase) => ({
      ...words[phase],
      steps: steps.filter((one) => one.phase === phase).map(writtenStep),
    })),
    reading: HOW_TO_READ,
    failure: onFailure(steps),
    numbers: numbersOf(templateOf({ procedure, ...(own === undefined ? {} : { own }) })),
  };
}
